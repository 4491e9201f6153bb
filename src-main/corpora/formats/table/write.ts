/** Docs → a table: a row for each triple, and one for a sentence without any. */
import type { Sink } from '#main/core/sink'
import type { AnnotatedDoc, SentenceAnnotation } from '#main/document/annotated-doc'
import type { LabelSet } from '#main/labels/label-set'
import { untypedEntity } from '#main/labels/label-set'
import { tableRow } from '#main/text/csv'
import { toWholeWords } from '../../shared/whole-words.ts'
import { writtenSentence, type WrittenSentence } from '../../shared/written-text.ts'
import type { Separator } from './rows.ts'

const header = ['id', 'text', 'subject', 'subject_type', 'relation', 'object', 'object_type']

export function createTableWriter(sign: Separator) {
  return async (docs: AsyncIterable<AnnotatedDoc>, _labels: LabelSet, sink: Sink): Promise<void> => {
    await sink.write(tableRow(header, sign))
    let id = 0
    for await (const doc of docs) {
      const rows = doc.sentences.flatMap((sentence, at) => {
        const annotation = doc.annotations[at]
        if (!annotation || sentence.start === sentence.end) return []
        id++
        const written = writtenSentence(doc, sentence)
        const triples = writtenRows(annotation, written)
        return (triples.length > 0 ? triples : [['', '', '', '', '']]).map((cells) =>
          tableRow([String(id), written.text, ...cells], sign),
        )
      })
      if (rows.length > 0) await sink.write(rows.join(''))
    }
  }
}

/** Each triple once, anchored ones first: subject, its type, relation type, object, its type. */
export function writtenRows(annotation: SentenceAnnotation, { textOf }: Pick<WrittenSentence, 'textOf'>): string[][] {
  const { spans, relations, unanchored } = toWholeWords(annotation)
  const ends = new Map(spans.map((span) => [span.id, [textOf(span), span.label === untypedEntity ? '' : span.label]]))
  const rows = [
    ...relations.map(({ subject, type, object }) => [...(ends.get(subject) ?? []), type, ...(ends.get(object) ?? [])]),
    ...unanchored.map(({ subject, type, object }) => [subject, '', type, object, '']),
  ]
  return [...new Map(rows.map((row) => [JSON.stringify(row), row])).values()]
}
