/** Reading many sentences: cut into pieces that go to whichever predictor is free, answered in order. */
import type { SentenceWords } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'
import { chunk } from './batches.ts'
import { yieldToEventLoop } from './yield-to-event-loop.ts'

/** Predictions of sentences, in their order: by this thread or by another. */
export type Predictor = (sentences: readonly SentenceWords[]) => Promise<readonly Prediction[]>

/** Few enough for progress every second or so, enough for pieces of about one length. */
const sentencesPerWindow = 256

/** As many as are read at once; small enough that no thread waits long for another's last piece, or for an answer of this one. */
const sentencesPerPiece = 12

interface PredictedWindow {
  /** Index of the first sentence. */
  readonly from: number
  readonly predictions: readonly Prediction[]
}

/**
 * Windows of predictions, in order. Pieces are cut without regard to who reads them: predictors of one model give the same
 * predictions however many they are. Ends early when cancelled; nobody is reading any more then.
 */
export async function* predictInWindows(
  sentences: readonly SentenceWords[],
  predictors: readonly Predictor[],
  signal: AbortSignal,
): AsyncGenerator<PredictedWindow> {
  const windows = chunk([...sentences.keys()], sentencesPerWindow).map((indices) => planWindow(indices, sentences))
  // both are emptied as they are worked on: what was answered and scored must not stay in memory
  const pieces = windows.flatMap((window) => window.pieces)
  let isOver = false

  const workOn = async (predictor: Predictor): Promise<void> => {
    for (let piece = pieces.shift(); piece && !isOver; piece = pieces.shift())
      try {
        await yieldToEventLoop() // lets cancellations in, and what other threads answer
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

/** Those of about one length together: they share the steps of the LSTM. The longest come first, so that the last pieces are quick. */
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
  promise.catch(() => undefined) // whoever waits is told; a piece that nobody waits for is no misfortune
  return { indices, result: promise, done: resolve, failed: reject }
}
