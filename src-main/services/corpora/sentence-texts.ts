/** The sentences of a doc as lists show them. */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { SentenceText } from '#main/document/sentence-row'
import { textTriples } from '#main/storage/sentence-facts'
import { createOffsetTable } from '#main/text/code-points'

export function sentenceTexts(doc: AnnotatedDoc): SentenceText[] {
  const table = createOffsetTable(doc.text)
  return doc.sentences.flatMap(({ start, end }, index) => {
    const annotation = doc.annotations[index]
    const tokens = doc.tokens.slice(start, end)
    const offset = tokens[0]?.start ?? 0
    if (!annotation) return []
    return {
      text: table.slice(offset, tokens.at(-1)?.end ?? offset),
      tokens: tokens.map((token) => ({ start: token.start - offset, end: token.end - offset })),
      spans: annotation.spans.map((span) => ({ start: span.start, end: span.end, label: span.label })),
      triples: textTriples(
        tokens.map((token) => table.slice(token.start, token.end)),
        annotation,
      ),
    }
  })
}
