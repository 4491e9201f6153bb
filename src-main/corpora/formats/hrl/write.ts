/** Docs → sentext lines: one line per sentence, one row of tags per relation. */
import type { Json } from '#main/core/json'
import type { Sink } from '#main/core/sink'
import type { AnnotatedDoc, SentenceAnnotation } from '#main/document/annotated-doc'
import { compareSpans, overlaps, type Span } from '#main/document/span'
import type { LabelSet } from '#main/labels/label-set'
import { isJsonObject } from '../../shared/fields.ts'
import { rangeRelations } from '../../shared/range-relations.ts'
import { writeJsonLines } from '../../shared/write-json.ts'
import { writtenWords } from '../../shared/written-words.ts'

export function writeHrl(docs: AsyncIterable<AnnotatedDoc>, _labels: LabelSet, sink: Sink): Promise<void> {
  return writeJsonLines(docs, recordsOf, sink)
}

function recordsOf(doc: AnnotatedDoc): Json[] {
  return doc.sentences.flatMap((sentence, index): Json[] => {
    const annotation = doc.annotations[index]
    if (!annotation || sentence.start === sentence.end) return []
    const words = writtenWords(doc, sentence)
    const relations = writtenRows(annotation, words.length).map(({ triple, tags }) => ({
      rtext: triple.type,
      em1: textOf(triple.subject, words),
      em2: textOf(triple.object, words),
      tags,
    }))
    const record = { sentext: words.join(' '), relations }
    const extra = doc.sentences.length === 1 && isJsonObject(doc.sourceExtra) ? doc.sourceExtra : {}
    return [{ ...record, ...extra, ...record }]
  })
}

function textOf(end: Span | string, words: readonly string[]): string {
  return typeof end === 'string' ? end : words.slice(end.start, end.end).join(' ')
}

export interface TaggedRow {
  readonly triple: { readonly subject: Span | string; readonly type: string; readonly object: Span | string }
  readonly tags: readonly number[]
}

/** A row for each relation that its tags can hold: one whose spans do not overlap, or are the same; and for each triple of strings. */
export function writtenRows(annotation: SentenceAnnotation, length: number): TaggedRow[] {
  const spans = [...annotation.spans].sort(compareSpans)
  const relations = rangeRelations(annotation).filter(
    ({ subject, object }) => isSelf(subject, object) || !overlaps(subject, object),
  )
  const unanchored = new Map(
    annotation.unanchored.map((one) => [JSON.stringify([one.subject, one.type, one.object]), one]),
  )
  return [
    ...relations.map((triple) => ({ triple, tags: tagsOf(spans, length, triple.subject, triple.object) })),
    ...Array.from(unanchored.values(), (triple) => ({ triple, tags: tagsOf(spans, length) })),
  ]
}

function isSelf(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end
}

/** The other spans are tagged as far as they overlap neither those of the relation nor one another. */
function tagsOf(spans: readonly Span[], length: number, subject?: Span, object?: Span): number[] {
  const tags = Array.from({ length }, () => 0)
  const put = ({ start, end }: Span, first: number, further: number): void => {
    if (tags.slice(start, end).some((tag) => tag !== 0)) return
    tags.fill(further, start, end)
    tags[start] = first
  }
  if (subject) put(subject, 4, 1)
  if (object) put(object, 5, 2)
  for (const span of spans) put(span, 6, 3)
  return tags
}
