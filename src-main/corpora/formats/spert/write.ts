/** Docs → SpERT JSON: one record per sentence, and the file of types beside it. */
import type { Json } from '#main/core/json'
import type { Sink } from '#main/core/sink'
import type { AnnotatedDoc, SentenceAnnotation } from '#main/document/annotated-doc'
import { mergeLabelSets, type LabelSet } from '#main/labels/label-set'
import { wordsOf } from '#main/text/words'
import { isJsonObject } from '../../shared/fields.ts'
import type { Part } from '../../shared/unkept.ts'
import { toWholeWords } from '../../shared/whole-words.ts'
import { createLabelCount } from '../../shared/used-labels.ts'
import { writeJsonArray } from '../../shared/write-json.ts'
import { writeTypes, writtenNames } from './types.ts'

export const kept: ReadonlySet<Part> = new Set(['keys', 'unrelated', 'types', 'relations'])

export async function writeSpert(docs: AsyncIterable<AnnotatedDoc>, labels: LabelSet, sink: Sink): Promise<void> {
  const used = createLabelCount()
  await writeJsonArray(
    docs,
    (doc) => {
      used.add({ ...doc, annotations: writtenAnnotations(doc) })
      return recordsOf(doc)
    },
    sink.beside(writtenNames.corpus),
    'record-per-line',
  )
  const types = writeTypes(mergeLabelSets(labels, used.labels()))
  await sink.beside(writtenNames.types).write(`${JSON.stringify(types, null, 2)}\n`)
}

/** The types of the file are those of its spans and relations: triples whose strings do not stand in the sentence are not in it. */
function writtenAnnotations({ sentences, annotations }: AnnotatedDoc): SentenceAnnotation[] {
  return annotations.flatMap((annotation, at) =>
    sentences[at]?.start === sentences[at]?.end ? [] : [{ ...annotation, unanchored: [] }],
  )
}

function recordsOf(doc: AnnotatedDoc): Json[] {
  const words = wordsOf(doc.text, doc.tokens)
  return doc.sentences.flatMap(({ start, end }, index): Json[] => {
    const annotation = doc.annotations[index]
    if (!annotation || start === end) return []
    const { spans, relations } = toWholeWords(annotation)
    const indexOf = new Map(spans.map(({ id }, at) => [id, at]))
    const record = {
      tokens: words.slice(start, end),
      entities: spans.map((span) => ({ type: span.label, start: span.start, end: span.end })),
      relations: relations.map(({ subject, type, object }) => ({
        type,
        head: indexOf.get(subject) ?? 0,
        tail: indexOf.get(object) ?? 0,
      })),
    }
    const extra = doc.sentences.length === 1 && isJsonObject(doc.sourceExtra) ? doc.sourceExtra : {}
    return [{ ...record, ...extra, ...record }]
  })
}
