/** Predictions of a Doc's sentences as triples with offsets into its text. */
import type { ExtractedDocument, ExtractedSentence, ExtractedSpan } from '#main/document/extracted-document'
import type { Doc } from '#main/document/doc'
import { createOffsetTable } from '#main/text/code-points'
import { decodeTriples, type PredictedSpan, type Prediction } from '#main/document/prediction'
import type { TripleSpan } from '#main/document/relation'

/**
 * `predictions` stand in the order of the Doc's sentences. With `endsAreWords` a triple's end may be a word that stands
 * for no span: so are those of a model that finds none.
 */
export function toExtractedDocument(
  doc: Doc,
  runId: string,
  predictions: readonly Prediction[],
  endsAreWords = false,
): ExtractedDocument {
  const text = createOffsetTable(doc.text)
  const sentences = doc.sentences.flatMap((sentence, index): ExtractedSentence[] => {
    const tokens = doc.tokens.slice(sentence.start, sentence.end)
    const [first, last] = [tokens[0], tokens.at(-1)]
    const prediction = predictions[index]
    if (!first || !last || !prediction) return []
    const locate = (span: TripleSpan, probability: number): ExtractedSpan => {
      const start = tokens[span.start]?.start ?? first.start
      const end = tokens[span.end - 1]?.end ?? last.end
      return { text: text.slice(start, end), start, end, type: span.label, probability }
    }
    const found = new Map(prediction.spans.map((span) => [`${span.start}:${span.end}`, span]))
    // a word is surely there; how sure its name is, a model without entities cannot say
    const probabilityOf = ({ start, end }: TripleSpan): number => found.get(`${start}:${end}`)?.probability ?? 1
    return [
      {
        start: first.start,
        end: last.end,
        text: text.slice(first.start, last.end),
        spans: prediction.spans.map((span: PredictedSpan) => locate(span, span.probability)),
        triples: decodeTriples(prediction, endsAreWords).map(({ subject, type, object, probability }) => ({
          subject: locate(subject, probabilityOf(subject)),
          relation: type,
          object: locate(object, probabilityOf(object)),
          probability,
        })),
      },
    ]
  })
  return { document: doc.id, runId, sentences, failure: null }
}
