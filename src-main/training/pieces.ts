/** Pieces: sentences that wait to be predicted by whichever predictor is free. */
import type { SentenceWords } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'

export interface Piece<Context> {
  readonly sentences: readonly SentenceWords[]
  readonly context: Context
  readonly result: Promise<readonly Prediction[]>
  done(predictions: readonly Prediction[]): void
  failed(error: unknown): void
}

export interface Pieces<Context> {
  add(piece: Piece<Context>): void
  /** The next piece, as soon as there is one; null when no more comes. */
  take(): Promise<Piece<Context> | null>
  /** Fails what waits and whatever is still added. */
  fail(error: unknown): void
  /** Lets go of everybody who waits; what was not taken is left. */
  close(): void
}

export function createPieces<Context>(): Pieces<Context> {
  const waiting: Piece<Context>[] = []
  const takers: ((piece: Piece<Context> | null) => void)[] = []
  let failure: { readonly error: unknown } | null = null
  let isClosed = false
  return {
    add(piece) {
      if (failure) return piece.failed(failure.error)
      const taker = takers.shift()
      if (taker) taker(piece)
      else waiting.push(piece)
    },
    take() {
      const piece = isClosed ? null : waiting.shift()
      if (piece || isClosed) return Promise.resolve(piece ?? null)
      return new Promise((resolve) => takers.push(resolve))
    },
    fail(error) {
      failure ??= { error }
      for (const piece of waiting.splice(0)) piece.failed(error)
    },
    close() {
      isClosed = true
      for (const taker of takers.splice(0)) taker(null)
    },
  }
}
