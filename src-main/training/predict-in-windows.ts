/** Prediction of many sentences: pieces go to whichever predictor is free, and results arrive in windows, in order. */
import type { SentenceWords } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'
import { chunk } from './batches.ts'
import { yieldToEventLoop } from './yield-to-event-loop.ts'

/** Predicts sentences on this thread or another. The result has one prediction per sentence, in the same order. */
export type Predictor = (sentences: readonly SentenceWords[]) => Promise<readonly Prediction[]>

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
  /** Index of the first sentence. */
  readonly from: number
  readonly predictions: readonly Prediction[]
}

/**
 * Windows of predictions, in order. Pieces are cut without regard to who predicts them, so the result does not depend
 * on the number of predictors. The generator ends early when it is cancelled, once no predictor is working any more.
 */
export async function* predictInWindows(
  sentences: readonly SentenceWords[],
  predictors: readonly Predictor[],
  signal: AbortSignal,
): AsyncGenerator<PredictedWindow> {
  const windows = chunk([...sentences.keys()], sentencesPerWindow).map((indices) => planWindow(indices, sentences))
  // both lists are emptied as they are worked on, so that predictions that were scored do not stay in memory
  const pieces = windows.flatMap((window) => window.pieces)
  let isOver = false

  const workOn = async (predictor: Predictor): Promise<void> => {
    for (let piece = pieces.shift(); piece && !isOver; piece = pieces.shift())
      try {
        await yieldToEventLoop() // lets in cancellations and the answers of other threads
        piece.done(signal.aborted ? [] : await predictor(piece.indices.flatMap((index) => sentences[index] ?? [])))
      } catch (error) {
        for (const left of [piece, ...pieces]) left.failed(error)
        return
      }
  }

  const working = predictors.map(workOn)
  try {
    for (let window = windows.shift(); window; window = windows.shift()) {
      const { from, length, pieces: own } = window
      const found = await Promise.all(own.map(({ result }) => result))
      if (signal.aborted) return
      const predictions = new Array<Prediction>(length)
      own.forEach(({ indices }, at) =>
        indices.forEach((index, row) => {
          const prediction = found[at]?.[row]
          if (!prediction) throw new Error('A predictor left out a sentence')
          predictions[index - from] = prediction
        }),
      )
      yield { from, predictions }
    }
  } finally {
    isOver = true
    await Promise.allSettled(working)
  }
}

interface Piece {
  readonly indices: readonly number[]
  readonly result: Promise<readonly Prediction[]>
  done(predictions: readonly Prediction[]): void
  failed(error: unknown): void
}

/**
 * A window whose pieces hold sentences of about one length, which share the steps of the LSTM. The longest come first,
 * so that the last pieces are quick.
 */
function planWindow(
  indices: readonly number[],
  sentences: readonly SentenceWords[],
): { readonly from: number; readonly length: number; readonly pieces: readonly Piece[] } {
  const lengthOf = (index: number): number => sentences[index]?.words.length ?? 0
  const byLength = indices.toSorted((a, b) => lengthOf(b) - lengthOf(a))
  return { from: indices[0] ?? 0, length: indices.length, pieces: chunk(byLength, sentencesPerPiece).map(toPiece) }
}

function toPiece(indices: readonly number[]): Piece {
  const { promise, resolve, reject } = Promise.withResolvers<readonly Prediction[]>()
  promise.catch(() => undefined) // whoever awaits the piece gets the error; a piece that nobody awaits may fail silently
  return { indices, result: promise, done: resolve, failed: reject }
}
