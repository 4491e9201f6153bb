/** Docs → subject-predicate-object JSON: one line per sentence. */
import type { Json } from '#main/core/json'
import type { Sink } from '#main/core/sink'
import type { AnnotatedDoc, SentenceAnnotation } from '#main/document/annotated-doc'
import type { LabelSet } from '#main/labels/label-set'
import { untypedEntity } from '#main/labels/label-set'
import { isJsonObject } from '../../shared/fields.ts'
import { toWholeWords } from '../../shared/whole-words.ts'
import { writeJsonLines } from '../../shared/write-json.ts'
import { writtenSentence, type WrittenSentence } from '../../shared/written-text.ts'

export function writeSpoList(docs: AsyncIterable<AnnotatedDoc>, _labels: LabelSet, sink: Sink): Promise<void> {
  return writeJsonLines(docs, recordsOf, sink)
}

function recordsOf(doc: AnnotatedDoc): Json[] {
  return doc.sentences.flatMap((sentence, index): Json[] => {
    const annotation = doc.annotations[index]
    if (!annotation || sentence.start === sentence.end) return []
    const written = writtenSentence(doc, sentence)
    const record = { text: written.text, spo_list: writtenSpos(annotation, written) }
    const extra = doc.sentences.length === 1 && isJsonObject(doc.sourceExtra) ? doc.sourceExtra : {}
    return [{ ...record, ...extra, ...record }]
  })
}

/** Each triple once, anchored ones first. A span without a type has none in the file. */
export function writtenSpos(annotation: SentenceAnnotation, { textOf }: Pick<WrittenSentence, 'textOf'>): Json[] {
  const { spans, relations, unanchored } = toWholeWords(annotation)
  const ends = new Map(
    spans.map((span) => [span.id, { text: textOf(span), type: span.label === untypedEntity ? undefined : span.label }]),
  )
  const none = { text: '', type: undefined }
  const spos = [
    ...relations.map(({ subject, type, object }) => spo(ends.get(subject) ?? none, type, ends.get(object) ?? none)),
    ...unanchored.map(({ subject, type, object }) => spo({ ...none, text: subject }, type, { ...none, text: object })),
  ]
  return [...new Map(spos.map((one) => [JSON.stringify(one), one])).values()]
}

interface End {
  readonly text: string
  readonly type: string | undefined
}

function spo(subject: End, predicate: string, object: End): Json {
  return {
    predicate,
    subject: subject.text,
    ...(subject.type !== undefined && { subject_type: subject.type }),
    object: object.text,
    ...(object.type !== undefined && { object_type: object.type }),
  }
}
