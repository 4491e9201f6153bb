/** Predicting: a prediction job under way, with the batches that it has not answered yet. */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import type { SentenceWords } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'
import type { JobHandle } from '#main/compute/messages'
import type { PredictedAs } from '#main/runs/predicted-as'
import { unpackPredictions } from '#main/compute/packed-predictions'
import type { NewWords } from './new-words.ts'

export interface Predicting {
  /** True where the process takes no further batch: it was ended or cancelled, or it is gone. */
  readonly isOver: boolean
  /** True once somebody was told how the process failed. */
  isTold: boolean
  /** Sends a batch; `answered` resolves when it is answered or the job was cancelled, and rejects with why the job failed. */
  send(sentences: readonly SentenceWords[], options: SendOptions): Promise<{ readonly answered: Promise<void> }>
  /** Ends the job once it has answered. */
  end(): void
  /** Ends the job at once. */
  cancel(): void
}

interface SendOptions {
  readonly signal?: AbortSignal | undefined
  /** How they are predicted where it is not as the run is configured. */
  readonly how?: PredictedAs | undefined
  /** Takes predictions in the order of the sentences, some at a time. */
  readonly take: (predictions: readonly Prediction[]) => void
}

interface Pending {
  /** Number of sentences without a prediction. */
  left: number
  readonly take: SendOptions['take']
  resolve(): void
  reject(error: unknown): void
}

export function startPredicting(handle: JobHandle, words: NewWords): Predicting {
  const pending: Pending[] = []
  let waiting: (() => void)[] = []
  let isOver = false
  let failure: { readonly error: unknown } | null = null

  function settle(): void {
    if (pending.length > 0) return
    handle.hold(false)
    for (const tell of waiting) tell()
    waiting = []
  }

  const isAnswered = (): Promise<void> =>
    pending.length === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))

  async function follow(): Promise<void> {
    for await (const event of handle.events) {
      if (event.type !== 'predictions') continue
      const found: Prediction[] = []
      for await (const prediction of unpackPredictions(event.predictions, yieldToEventLoop)) found.push(prediction)
      const [first] = pending // no window holds sentences of two batches
      if (!first) continue
      first.take(found)
      first.left -= found.length
      if (first.left > 0) continue
      pending.shift()
      first.resolve()
      settle()
    }
  }

  follow()
    .then(
      () => pending.splice(0).forEach(({ resolve }) => resolve()),
      (error: unknown) => {
        failure = { error }
        pending.splice(0).forEach(({ reject }) => reject(error))
      },
    )
    .finally(() => {
      isOver = true
      settle()
    })

  return {
    isTold: false,
    get isOver() {
      return isOver
    },
    async send(sentences, { signal, how, take }) {
      const { newWords, forgetsWords } = await words.of(sentences, signal)
      if (forgetsWords) await isAnswered()
      if (failure) throw failure.error
      const { promise: answered, resolve, reject } = Promise.withResolvers<void>()
      answered.catch(() => undefined) // whoever asked gets it
      if (isOver) resolve()
      else {
        pending.push({ left: sentences.length, take, resolve, reject })
        handle.hold(true)
        handle.send({ type: 'predict', batch: { sentences, newWords, forgetsWords, ...how } })
      }
      return { answered }
    },
    end() {
      if (!isOver) handle.send({ type: 'end' })
      isOver = true
    },
    cancel() {
      isOver = true
      handle.cancel()
    },
  }
}
