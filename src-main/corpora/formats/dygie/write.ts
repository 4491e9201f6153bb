/** Docs → DyGIE++ lines: one line per document. */
import type { Json } from '#main/core/json'
import type { Sink } from '#main/core/sink'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { LabelSet } from '#main/labels/label-set'
import type { TextRange } from '#main/text/range'
import { wordsOf } from '#main/text/words'
import { isJsonObject, listOf } from '../../shared/fields.ts'
import { rangeRelations } from '../../shared/range-relations.ts'
import { unmarked } from '../../shared/unmarked.ts'
import { toWholeWords } from '../../shared/whole-words.ts'
import { writeJsonLines } from '../../shared/write-json.ts'

/** Key under which relations across sentences are kept: [number of the sentence, relation]. */
export const acrossKey = 'relations_across_sentences'

/** Name of the layer that holds the prediction of a file. */
export const predictionLayer = 'DyGIE++'

export function writeDygie(docs: AsyncIterable<AnnotatedDoc>, _labels: LabelSet, sink: Sink): Promise<void> {
  return writeJsonLines(docs, (doc) => [recordOf(doc)], sink)
}

function recordOf(doc: AnnotatedDoc): Json {
  const words = wordsOf(doc.text, doc.tokens)
  const { [acrossKey]: across, ...extra } = isJsonObject(doc.sourceExtra) ? doc.sourceExtra : {}
  const ner: Json[] = []
  const relations: Json[] = []
  let from = 0
  doc.sentences.forEach(({ start, end }, at) => {
    const annotation = toWholeWords(doc.annotations[at] ?? unmarked)
    const place = (span: TextRange) => [from + span.start, from + span.end - 1]
    ner.push(annotation.spans.map((span) => [...place(span), span.label]))
    const joined = rangeRelations(annotation).map(({ subject, type, object }) => [
      ...place(subject),
      ...place(object),
      type,
    ])
    relations.push([
      ...joined,
      ...listOf(across).flatMap((entry) => (listOf(entry)[0] === at ? listOf(entry).slice(1) : [])),
    ])
    from += end - start
  })
  const record = {
    ...{ doc_key: doc.id, sentences: doc.sentences.map(({ start, end }) => words.slice(start, end)) },
    ...{ ner, relations },
  }
  return { ...record, ...extra, ...record }
}
