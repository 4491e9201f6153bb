/**
 * Prediction of many sentences: pieces go to whichever predictor is free, and results arrive in windows, in order. The
 * sentences may come batch by batch; what one predictor has left of a batch does not keep the others from the next.
 */
import { createEventQueue } from '#main/core/event-queue'
import type { SentenceWords } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'
import { chunk } from './batches.ts'
import { createPieces, type Piece } from './pieces.ts'
import { yieldToEventLoop } from './yield-to-event-loop.ts'

/**
 * Predicts sentences on this thread or another. The result has one prediction per sentence, in the same order.
 * `context` is what came with their batch.
 */
export type Predictor<Context = undefined> = (
  sentences: readonly SentenceWords[],
  context: Context,
) => Promise<readonly Prediction[]>

export interface SentenceBatch<Context> {
  readonly sentences: readonly SentenceWords[]
  readonly context: Context
}

/**
 * Number of sentences in a window: few enough for progress about every second, enough for pieces of about one length.
 */
const sentencesPerWindow = 256

/**
 * Number of sentences predicted together: few enough that no thread waits long for another's last piece, or for an
 * answer of this one.
 */
const sentencesPerPiece = 12

interface PredictedWindow {
  /** Number of sentences that came before, in all batches. */
  readonly from: number
  readonly predictions: readonly Prediction[]
}

/** Windows of predictions of sentences that are all there. */
export function predictInWindows(
  sentences: readonly SentenceWords[],
  predictors: readonly Predictor[],
  signal: AbortSignal,
): AsyncGenerator<PredictedWindow> {
  return predictBatches([{ sentences, context: undefined }], predictors, signal)
}

/**
 * Windows of predictions, in order; none holds sentences of two batches. Pieces are cut without regard to who predicts
 * them, so the result does not depend on the number of predictors, which may join while it goes on. The generator ends
 * early when it is cancelled, once no predictor is working any more.
 */
export async function* predictBatches<Context>(
  batches: AsyncIterable<SentenceBatch<Context>> | Iterable<SentenceBatch<Context>>,
  predictors: AsyncIterable<Predictor<Context>> | Iterable<Predictor<Context>>,
  signal: AbortSignal,
): AsyncGenerator<PredictedWindow> {
  const pieces = createPieces<Context>()
  const windows = createEventQueue<Window<Context>>(() => undefined)
  const working: Promise<void>[] = []
  const fail = (error: unknown): void => windows.end(error instanceof Error ? error : new Error(String(error)))

  async function plan(): Promise<void> {
    let from = 0
    for await (const batch of batches) {
      for (const indices of chunk([...batch.sentences.keys()], sentencesPerWindow)) {
        const window = planWindow(indices, batch, from)
        window.pieces.forEach(pieces.add)
        windows.push(window)
      }
      from += batch.sentences.length
    }
    windows.end()
  }

  async function workOn(predictor: Predictor<Context>): Promise<void> {
    for (let piece = await pieces.take(); piece; piece = await pieces.take())
      try {
        await yieldToEventLoop() // lets in cancellations and the answers of other threads
        piece.done(signal.aborted ? [] : await predictor(piece.sentences, piece.context))
      } catch (error) {
        piece.failed(error)
        return pieces.fail(error)
      }
  }

  async function join(): Promise<void> {
    for await (const predictor of predictors) working.push(workOn(predictor))
  }

  plan().catch(fail)
  join().catch(fail)
  try {
    for await (const { from, length, pieces: own } of windows) {
      const found = await Promise.all(own.map(({ result }) => result))
      if (signal.aborted) return
      const predictions = new Array<Prediction>(length)
      own.forEach(({ indices }, at) =>
        indices.forEach((index, row) => {
          const prediction = found[at]?.[row]
          if (!prediction) throw new Error('A predictor left out a sentence')
          predictions[index] = prediction
        }),
      )
      yield { from, predictions }
    }
  } finally {
    pieces.close()
    await Promise.allSettled(working)
  }
}

interface Window<Context> {
  readonly from: number
  readonly length: number
  readonly pieces: readonly (Piece<Context> & { /** In the window. */ readonly indices: readonly number[] })[]
}

/**
 * A window whose pieces hold sentences of about one length, which share the steps of the LSTM. The longest come first,
 * so that the last pieces are quick.
 */
function planWindow<Context>(
  indices: readonly number[],
  { sentences, context }: SentenceBatch<Context>,
  before: number,
): Window<Context> {
  const first = indices[0] ?? 0
  const lengthOf = (index: number): number => sentences[index]?.words.length ?? 0
  const byLength = indices.toSorted((a, b) => lengthOf(b) - lengthOf(a))
  return {
    from: before + first,
    length: indices.length,
    pieces: chunk(byLength, sentencesPerPiece).map((own) => ({
      ...toPiece(
        own.flatMap((index) => sentences[index] ?? []),
        context,
      ),
      indices: own.map((index) => index - first),
    })),
  }
}

function toPiece<Context>(sentences: readonly SentenceWords[], context: Context): Piece<Context> {
  const { promise, resolve, reject } = Promise.withResolvers<readonly Prediction[]>()
  promise.catch(() => undefined) // whoever awaits the piece gets the error; a piece that nobody awaits may fail silently
  return { sentences, context, result: promise, done: resolve, failed: reject }
}
