/** Docs → triple JSON: one record per sentence. */
import type { Sink } from '#main/core/sink'
import type { Json } from '#main/core/json'
import type { AnnotatedDoc, SentenceAnnotation } from '#main/document/annotated-doc'
import type { TextTriple } from '#main/document/labelled-sentence'
import type { LabelSet } from '#main/labels/label-set'
import { wordsOf } from '#main/text/words'
import { isJsonObject } from '../../shared/fields.ts'
import { writeJsonArray } from '../../shared/write-json.ts'

/** Writes words joined by single spaces; anchored triples first, then those that are only strings. */
export function writeCasrel(docs: AsyncIterable<AnnotatedDoc>, _labels: LabelSet, sink: Sink): Promise<void> {
  return writeJsonArray(docs, recordsOf, sink)
}

/** Words as they are written: white space sets words apart in this format, so that none but a space may stand within one. */
export function writtenWords({ text, tokens }: AnnotatedDoc): string[] {
  return wordsOf(text, tokens).map((word) => word.replaceAll(/\s+/g, ' '))
}

function recordsOf(doc: AnnotatedDoc): Json[] {
  const words = writtenWords(doc)
  return doc.sentences.flatMap((sentence, index): Json[] => {
    const annotation = doc.annotations[index]
    const own = words.slice(sentence.start, sentence.end)
    if (!annotation || own.length === 0) return []
    const record = { text: own.join(' '), triple_list: writtenTriples(annotation, own) }
    const extra = doc.sentences.length === 1 && isJsonObject(doc.sourceExtra) ? doc.sourceExtra : {}
    return [{ ...record, ...extra, ...record }]
  })
}

/** Each triple once, as subject, relation type and object. */
export function writtenTriples(
  { spans, relations, unanchored }: SentenceAnnotation,
  words: readonly string[],
): string[][] {
  const textById = new Map(spans.map(({ id, start, end }) => [id, words.slice(start, end).join(' ')]))
  const triples: TextTriple[] = relations.map(({ subject, type, object }) => ({
    subject: textById.get(subject) ?? '',
    type,
    object: textById.get(object) ?? '',
  }))
  const unique = new Map([...triples, ...unanchored].map((t) => [JSON.stringify([t.subject, t.type, t.object]), t]))
  return Array.from(unique.values(), ({ subject, type, object }) => [subject, type, object])
}
