/** Docs to extracted documents: their sentences are predicted together, and each document notes how it was read. */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import type { Doc } from '#main/document/doc'
import type { ExtractedDocument } from '#main/document/extracted-document'
import type { SentenceWords } from '#main/document/labelled-sentence'
import { selectionOf, type Run } from '#main/runs/run'
import type { ServiceContext } from '../context.ts'
import { createMissingPos, type PosNote } from '../runs/missing-pos.ts'
import type { PredictOptions } from '../runs/predict.ts'
import type { PredictionSession } from '../runs/prediction-session.ts'
import type { Prediction } from '#main/document/prediction'
import { mostCellsInWindows } from '#main/document/prediction-windows'
import { formatCount } from '#main/text/numbers'
import { sentencesOf } from './doc-sentences.ts'
import { toExtractedDocument } from './extracted-document.ts'
import { noteOnRules } from './like-training.ts'
import type { RuleReading } from './rule-reading.ts'

export interface ReadDocsOptions extends PredictOptions {
  /** How triples are chosen and marked; left out, they are chosen by the thresholds of the model and bare. */
  readonly reading?: RuleReading
  /** Is told what was read, before triples were left out. */
  readonly onRead?: (sentences: readonly SentenceWords[], documents: readonly ExtractedDocument[]) => Promise<void>
}

/** Documents in the order of the docs. */
export type ReadDocs = (
  run: Run,
  session: PredictionSession,
  docs: readonly Doc[],
  options: ReadDocsOptions,
) => Promise<ExtractedDocument[]>

export function createReadDocs(context: ServiceContext): ReadDocs {
  const missingPos = createMissingPos(context)
  return async (run, session, docs, options) =>
    readDocs({ run, session, noteOf: await missingPos.notesOf(run) }, docs, options)
}

/** A model, what is known of it, and what there is to say about words without a part of speech. */
export interface Reader {
  readonly run: Pick<Run, 'runId' | 'name' | 'config' | 'data'>
  readonly session: Pick<PredictionSession, 'predict' | 'planOf'>
  readonly noteOf: PosNote
  /** How triples are chosen and marked, unless that is asked for otherwise. */
  readonly reading?: RuleReading
}

/** Documents in the order of the docs. */
export async function readDocs(
  { run, session, noteOf, reading: usual }: Reader,
  docs: readonly Doc[],
  { reading = usual, onRead, ...options }: ReadDocsOptions,
): Promise<ExtractedDocument[]> {
  const sentences = docs.flatMap(sentencesOf)
  const found = await session.predict(sentences, options)
  const predictions = reading ? found.map(reading.cut) : found
  const documents: ExtractedDocument[] = []
  let first = 0
  for (const doc of docs) {
    const [from, to] = [first, (first += doc.sentences.length)]
    const [own, part] = [sentences.slice(from, to), predictions.slice(from, to)]
    const document = await toExtractedDocument(doc, run.runId, part, {
      endsAreWords: isWordsOnly(run),
      ...(reading && { marksOf: reading.marksOf }),
    })
    const notes = [noteOnTasks(run), noteOnRules(run), noteOf(own), noteOnWindows(session, own, part)].filter(
      (note) => note !== null,
    )
    documents.push(notes.length === 0 ? document : { ...document, notes })
    await yieldToEventLoop()
  }
  await onRead?.(sentences, documents)
  return reading ? documents.map(reading.keep) : documents
}

const isWordsOnly = ({ config }: Reader['run']): boolean => selectionOf(config.model.tasks) === 'partial'

/** Says what a model of one task leaves out. */
function noteOnTasks(run: Reader['run']): string | null {
  const { name, config } = run
  if (isWordsOnly(run))
    return `${name} finds relations and no entities: each end of a triple is one word, the ${config.model.anchor} of its name, without a type.`
  return config.model.tasks.includes('relation')
    ? null
    : `${name} finds entities and no relations: it gives no triples.`
}

/** Says of sentences that were too long to be read whole how they were read, and what that leaves out. */
function noteOnWindows(
  { planOf }: Pick<PredictionSession, 'planOf'>,
  sentences: readonly SentenceWords[],
  predictions: readonly Prediction[],
): string | null {
  const long = sentences.flatMap(({ words }, at) => {
    const plan = planOf(words.length)
    return plan.kind === 'windows' ? [{ ...plan, words: words.length, cells: predictions[at]?.cells.length ?? 0 }] : []
  })
  const [first] = long
  if (!first) return null
  const { size, overlap } = first
  const longest = formatCount(Math.max(...long.map(({ words }) => words)))
  const which =
    long.length === 1
      ? `A sentence of ${longest} words was too long to be read whole, and was`
      : `${long.length} sentences of up to ${longest} words were too long to be read whole, and were`
  const most = formatCount(mostCellsInWindows)
  const isCut = long.some(({ cells }) => cells >= mostCellsInWindows)
  return `${which} read in windows of ${size} words that overlap by ${overlap}: triples whose names stand further apart were not found.${isCut ? ` Of their relations the ${most} most probable were kept.` : ''}`
}
