/** Docs → sentText lines: one line per sentence, each mention with its place in code points. */
import type { Json } from '#main/core/json'
import type { Sink } from '#main/core/sink'
import type { AnnotatedDoc, SentenceAnnotation } from '#main/document/annotated-doc'
import type { LabelSet } from '#main/labels/label-set'
import { isJsonObject, listOf } from '../../shared/fields.ts'
import { toWholeWords } from '../../shared/whole-words.ts'
import { writeJsonLines } from '../../shared/write-json.ts'
import { writtenSentence, type WrittenSentence } from '../../shared/written-text.ts'

export function writeSentText(docs: AsyncIterable<AnnotatedDoc>, _labels: LabelSet, sink: Sink): Promise<void> {
  return writeJsonLines(docs, recordsOf, sink)
}

function recordsOf(doc: AnnotatedDoc): Json[] {
  const { sentences, sourceExtra } = doc
  return sentences.flatMap((sentence, index): Json[] => {
    const annotation = doc.annotations[index]
    if (!annotation || sentence.start === sentence.end) return []
    const written = writtenSentence(doc, sentence)
    const extra = sentences.length === 1 && isJsonObject(sourceExtra) ? sourceExtra : {}
    const record = {
      sentText: written.text,
      entityMentions: toWholeWords(annotation).spans.map((span) => ({
        start: [...written.textOf({ start: 0, end: span.end })].length - [...written.textOf(span)].length,
        text: written.textOf(span),
        label: span.label,
      })),
      relationMentions: [...writtenRelations(annotation, written), ...negativesOf(extra['relationMentions'])],
    }
    return [{ ...record, ...extra, ...record }]
  })
}

/** Relations of the type "None" that the file had. */
function negativesOf(kept: Json | undefined): Json[] {
  return listOf(kept).filter((item) => isJsonObject(item) && item['label'] === 'None')
}

/** Each triple once, as strings; anchored ones first. */
export function writtenRelations(annotation: SentenceAnnotation, { textOf }: Pick<WrittenSentence, 'textOf'>): Json[] {
  const { spans, relations, unanchored } = toWholeWords(annotation)
  const textById = new Map(spans.map((span) => [span.id, textOf(span)]))
  const all = [
    ...relations.map(({ subject, type, object }) => [textById.get(subject) ?? '', type, textById.get(object) ?? '']),
    ...unanchored.map(({ subject, type, object }) => [subject, type, object]),
  ]
  const unique = new Map(all.map((triple) => [JSON.stringify(triple), triple]))
  return Array.from(unique.values(), ([em1Text = '', label = '', em2Text = '']) => ({ em1Text, em2Text, label }))
}
