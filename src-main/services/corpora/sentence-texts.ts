/** The sentences of a doc as lists show them, and their triples. */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { TextTriple } from '#main/document/labelled-sentence'
import type { SentenceText } from '#main/document/sentence-row'
import { textTriples } from '#main/storage/sentence-facts'
import { createOffsetTable } from '#main/text/code-points'
import { wordsOf } from '#main/text/words'

/** The unique triples of each sentence, in the order of the doc. */
export function sentenceTriples({ text, tokens, sentences, annotations }: AnnotatedDoc): (readonly TextTriple[])[] {
  const words = wordsOf(text, tokens)
  return annotations.map((annotation, index) => {
    const { start = 0, end = 0 } = sentences[index] ?? {}
    return textTriples(words.slice(start, end), annotation)
  })
}

/** The first sentences of a doc. */
export function sentenceTexts(doc: AnnotatedDoc, count: number): SentenceText[] {
  const table = createOffsetTable(doc.text)
  const triples = sentenceTriples(doc)
  return doc.sentences.slice(0, count).map(({ start, end }, index) => {
    const tokens = doc.tokens.slice(start, end)
    const offset = tokens[0]?.start ?? 0
    const spans = doc.annotations[index]?.spans ?? []
    return {
      text: table.slice(offset, tokens.at(-1)?.end ?? offset),
      tokens: tokens.map((token) => ({ start: token.start - offset, end: token.end - offset })),
      spans: spans.map((span) => ({ start: span.start, end: span.end, label: span.label })),
      triples: triples[index] ?? [],
    }
  })
}
