/** Docs → columns with tags in BIOES. The first Doc says which columns there are: those of its own file, else word, part of speech, tag. */
import type { Sink } from '#main/core/sink'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { LabelSet } from '#main/labels/label-set'
import { encodeBioes } from '../../shared/decode-tags.ts'
import { flatSpans } from '../../shared/flat-spans.ts'
import { toWholeWords } from '../../shared/whole-words.ts'
import { withoutSpace, writtenWords } from '../../shared/written-words.ts'
import { keptColumns, usualColumns, writtenStart, type KeptColumns } from './kept-columns.ts'

export async function writeConll(docs: AsyncIterable<AnnotatedDoc>, _labels: LabelSet, sink: Sink): Promise<void> {
  let layout: KeptColumns | null = null
  let hasDocuments = false
  for await (const doc of docs) {
    const kept = keptColumns(doc.sourceExtra)
    layout ??= kept ?? usualColumns
    const own = kept && isSameLayout(kept, layout) ? kept : { ...layout, documentStart: null, comments: [], cells: [] }
    const sentences = sentencesOf(doc, own)
    hasDocuments ||= sentences.length > 1 || own.documentStart !== null
    if (sentences.length === 0) continue
    const start = hasDocuments ? `${own.documentStart ?? writtenStart(own)}\n\n` : ''
    await sink.write(start + sentences.join(''))
  }
}

function isSameLayout(a: KeptColumns, b: KeptColumns): boolean {
  return (['separator', 'columns', 'token', 'tag', 'pos'] as const).every((key) => a[key] === b[key])
}

/** The text of each sentence that has words. */
function sentencesOf(doc: AnnotatedDoc, layout: KeptColumns): string[] {
  return doc.sentences.flatMap((sentence, at) => {
    const { start, end } = sentence
    const annotation = doc.annotations[at]
    if (!annotation || start === end) return []
    const words = writtenWords(doc, sentence)
    const spans = flatSpans(toWholeWords(annotation).spans)
    const tags = encodeBioes(
      spans.map((span) => ({ ...span, label: withoutSpace(span.label) })),
      words.length,
    )
    const comments = layout.comments.filter((comment) => comment.sentence === at).map(({ text }) => `${text}\n`)
    const rows = words.map((word, index) => {
      const pos = withoutSpace(doc.tokens[start + index]?.pos ?? '') || '_'
      return `${rowOf({ word, pos, tag: tags[index] ?? 'O' }, layout.cells[start + index] ?? [], layout)}\n`
    })
    return [`${comments.join('')}${rows.join('')}\n`]
  })
}

function rowOf(
  { word, pos, tag }: { readonly word: string; readonly pos: string; readonly tag: string },
  further: readonly string[],
  layout: KeptColumns,
): string {
  let used = 0
  return Array.from({ length: layout.columns }, (_, at) => {
    if (at === layout.token) return word
    if (at === layout.tag) return tag
    if (at === layout.pos) return pos
    return withoutSpace(further[used++] ?? '') || '_'
  }).join(layout.separator)
}
