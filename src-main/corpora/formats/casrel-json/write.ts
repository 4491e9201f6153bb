/** Docs → triple JSON: one record per sentence. */
import type { Sink } from '#main/core/sink'
import type { Json } from '#main/core/json'
import type { AnnotatedDoc, SentenceAnnotation } from '#main/document/annotated-doc'
import type { TextTriple } from '#main/document/labelled-sentence'
import type { LabelSet } from '#main/labels/label-set'
import { isJsonObject } from '../../shared/fields.ts'
import { writeJsonArray } from '../../shared/write-json.ts'
import { writtenSentence, type WrittenSentence } from '../../shared/written-text.ts'

/** Writes anchored triples first, then those that are only strings. */
export function writeCasrel(docs: AsyncIterable<AnnotatedDoc>, _labels: LabelSet, sink: Sink): Promise<void> {
  return writeJsonArray(docs, recordsOf, sink)
}

function recordsOf(doc: AnnotatedDoc): Json[] {
  return doc.sentences.flatMap((sentence, index): Json[] => {
    const annotation = doc.annotations[index]
    if (!annotation || sentence.start === sentence.end) return []
    const written = writtenSentence(doc, sentence)
    const record = { text: written.text, triple_list: writtenTriples(annotation, written) }
    const extra = doc.sentences.length === 1 && isJsonObject(doc.sourceExtra) ? doc.sourceExtra : {}
    return [{ ...record, ...extra, ...record }]
  })
}

/** Each triple once, as subject, relation type and object. */
export function writtenTriples(
  { spans, relations, unanchored }: SentenceAnnotation,
  { textOf }: Pick<WrittenSentence, 'textOf'>,
): string[][] {
  const textById = new Map(spans.map((span) => [span.id, textOf(span)]))
  const triples: TextTriple[] = relations.map(({ subject, type, object }) => ({
    subject: textById.get(subject) ?? '',
    type,
    object: textById.get(object) ?? '',
  }))
  const unique = new Map([...triples, ...unanchored].map((t) => [JSON.stringify([t.subject, t.type, t.object]), t]))
  return Array.from(unique.values(), ({ subject, type, object }) => [subject, type, object])
}
