/** Reading many sentences: cut into pieces that go to whichever reader is free, answered in order. */
import type { SentenceWords } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'
import { chunk } from './batches.ts'
import { breathe } from './breathe.ts'

/** Predictions of sentences, in their order: by this thread or by another. */
export type Reader = (sentences: readonly SentenceWords[]) => Promise<readonly Prediction[]>

/** Few enough for progress every second or so, enough for pieces of about one length. */
const sentencesPerWindow = 256

/** As many as are read at once; small enough that no thread waits long for another's last piece, or for an answer of this one. */
const sentencesPerPiece = 12

interface ReadWindow {
  /** Index of the first sentence. */
  readonly from: number
  readonly predictions: readonly Prediction[]
}

/**
 * Windows of predictions, in order. Pieces are cut without regard to who reads them: readers of one model give the same
 * predictions however many they are. Ends early when cancelled; nobody is reading any more then.
 */
export async function* readInPieces(
  sentences: readonly SentenceWords[],
  readers: readonly Reader[],
  signal: AbortSignal,
): AsyncGenerator<ReadWindow> {
  const windows = chunk([...sentences.keys()], sentencesPerWindow).map((indices) => planWindow(indices, sentences))
  // both are emptied as they are worked on: what was answered and scored must not stay in memory
  const pieces = windows.flatMap((window) => window.pieces)
  let isOver = false

  const readOn = async (reader: Reader): Promise<void> => {
    for (let piece = pieces.shift(); piece && !isOver; piece = pieces.shift())
      try {
        await breathe() // lets cancellations in, and what other threads answer
        piece.done(signal.aborted ? [] : await reader(piece.indices.flatMap((index) => sentences[index] ?? [])))
      } catch (error) {
        for (const unread of [piece, ...pieces]) unread.failed(error)
        return
      }
  }

  const working = readers.map(readOn)
  try {
    for (let window = windows.shift(); window; window = windows.shift()) {
      const { from, length, pieces: own } = window
      const found = await Promise.all(own.map(({ result }) => result))
      if (signal.aborted) return
      const predictions = new Array<Prediction>(length)
      own.forEach(({ indices }, at) =>
        indices.forEach((index, row) => {
          const prediction = found[at]?.[row]
          if (!prediction) throw new Error('A reader left a sentence out')
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
