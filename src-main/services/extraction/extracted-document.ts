/** Predictions of a Doc's sentences as triples with offsets into its text. */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import type {
  ExtractedDocument,
  ExtractedSentence,
  ExtractedSpan,
  ExtractedTriple,
} from '#main/document/extracted-document'
import type { Doc, Token } from '#main/document/doc'
import { createOffsetTable, type OffsetTable } from '#main/text/code-points'
import { decodeTriples, type Prediction } from '#main/document/prediction'
import type { TripleSpan } from '#main/document/relation'

/** Triples that are located before others get the thread: a few milliseconds of work. */
const triplesAtOnce = 4096

/** TripleMarks: finds what is said of a triple beside what the model found. */
export type TripleMarks = (
  relation: string,
  subject: string,
  object: string,
  probability: number,
) => Pick<ExtractedTriple, 'calibratedProbability' | 'plausibility'>

interface DocumentOptions {
  /** True where the end of a triple may be a word that stands for no span, as with a model that finds none. */
  readonly endsAreWords?: boolean
  readonly marksOf?: TripleMarks
}

/** `predictions` stand in the order of the Doc's sentences. */
export async function toExtractedDocument(
  doc: Doc,
  runId: string,
  predictions: readonly Prediction[],
  options: DocumentOptions = {},
): Promise<ExtractedDocument> {
  const text = createOffsetTable(doc.text)
  const sentences: ExtractedSentence[] = []
  for (const [index, { start, end }] of doc.sentences.entries()) {
    const prediction = predictions[index]
    const tokens = doc.tokens.slice(start, end)
    if (prediction && tokens.length > 0) sentences.push(await toSentence(text, tokens, prediction, options))
  }
  return { document: doc.id, runId, sentences, failure: null }
}

async function toSentence(
  text: OffsetTable,
  tokens: readonly Token[],
  prediction: Prediction,
  { endsAreWords = false, marksOf }: DocumentOptions,
): Promise<ExtractedSentence> {
  const [start, end] = [tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0]
  const locate = (span: TripleSpan, probability: number): ExtractedSpan => {
    const [from, to] = [tokens[span.start]?.start ?? start, tokens[span.end - 1]?.end ?? end]
    return { text: text.slice(from, to), start: from, end: to, type: span.label, probability }
  }
  const placeOf = (span: TripleSpan): number => span.start * (tokens.length + 1) + span.end
  const found = new Map(prediction.spans.map((span) => [placeOf(span), span.probability]))
  // a word is surely there; how sure its name is, a model without entities cannot say
  const probabilityOf = (span: TripleSpan): number => found.get(placeOf(span)) ?? 1
  const triples: ExtractedTriple[] = []
  for (const { subject, type, object, probability } of decodeTriples(prediction, endsAreWords)) {
    triples.push({
      subject: locate(subject, probabilityOf(subject)),
      relation: type,
      object: locate(object, probabilityOf(object)),
      probability,
      ...marksOf?.(type, subject.label, object.label, probability),
    })
    if (triples.length % triplesAtOnce === 0) await yieldToEventLoop()
  }
  const spans = prediction.spans.map((span) => locate(span, span.probability))
  return { start, end, text: text.slice(start, end), spans, triples }
}
