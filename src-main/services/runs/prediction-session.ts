/** PredictionSession: a model that predicts many batches of sentences, opened once. */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { AppError } from '#main/core/errors'
import type { SentenceWords } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'
import type { ComputeHost } from '#main/compute/messages'
import { unpackPredictions } from '#main/compute/packed-predictions'
import { workOnLadder } from '#main/machine/fall-back'
import type { BackendLadder, LadderBackend } from '#main/machine/backend-ladder'
import type { WordVectors } from '#main/pretrained/vector-reader'
import { unknownId, vocabularyFromText } from '#main/pretrained/vocabulary'
import type { ModelSource } from './model-source.ts'

export interface PredictionSession {
  /**
   * Predictions of the sentences, in their order, with the thresholds of the model. Calls may overlap and are answered in
   * the order in which they were made. @throws AppError 'cancelled' when `signal` is aborted, which ends what the other
   * calls asked for as well; the session can be used further.
   */
  predict(sentences: readonly SentenceWords[], options?: PredictOptions): Promise<Prediction[]>
  /** Lets the compute process go. */
  close(): void
}

export interface PredictOptions {
  readonly progress?: ((done: number) => void) | undefined
  readonly signal?: AbortSignal | undefined
  /** Draws the stochastic maps by this seed. */
  readonly sampleSeed?: number | undefined
}

export interface SessionOptions {
  readonly compute: ComputeHost
  readonly ladder: Pick<BackendLadder, 'of' | 'distrust'>
  /** Is told, in a sentence, when a process or backend failed and the work goes on. */
  readonly tell: (message: string) => void
}

/** Opens a session; what it computes with starts at its first batch. */
export function openSession(source: ModelSource, { compute, ladder, tell }: SessionOptions): PredictionSession {
  const { checkpoint, encoder, unseen, thresholds } = source
  const vocabulary = checkpoint['vocabulary.txt']
  const words = unseen && vocabulary ? vocabularyFromText(new TextDecoder().decode(vocabulary)) : null

  async function vectorsFor(sentences: readonly SentenceWords[], signal?: AbortSignal): Promise<WordVectors | null> {
    if (!words || !unseen) return null
    const asked = new Set<string>()
    for (const sentence of sentences)
      for (const word of sentence.words) if (words.idOf(word) === unknownId) asked.add(word.toLowerCase())
    return asked.size > 0 ? unseen(asked, signal) : null
  }

  return {
    async predict(sentences, { progress, signal, sampleSeed } = {}) {
      if (sentences.length === 0) return []
      assertGoesOn(signal)
      const vectors = await vectorsFor(sentences, signal)
      const predictions: Prediction[] = []

      async function goOn({ backend }: LadderBackend): Promise<void> {
        const unread = sentences.slice(predictions.length)
        const job = { kind: 'predict', checkpoint, encoder, vectors, sentences: unread, threshold: null } as const
        const drawn = sampleSeed === undefined ? {} : { sampleSeed }
        assertGoesOn(signal)
        const handle = compute.run({ ...job, ...drawn, backend, threads: source.threads })
        const cancel = (): void => handle.cancel()
        signal?.addEventListener('abort', cancel, { once: true })
        try {
          for await (const event of handle.events) {
            if (event.type !== 'predictions') continue
            for await (const prediction of unpackPredictions(event.predictions, yieldToEventLoop)) {
              assertGoesOn(signal)
              predictions.push(thresholds ? { ...prediction, thresholds } : prediction)
            }
            progress?.(predictions.length)
          }
        } finally {
          signal?.removeEventListener('abort', cancel)
        }
      }

      await workOnLadder(ladder, {
        choice: source.backend,
        isLong: false,
        begin: goOn,
        position: () => predictions.length,
        onRestart: (reason) => tell(`${reason} Reading goes on in another one.`),
        onFall: (reason, next) => tell(`${reason} Reading goes on with ${next}.`),
        isStopped: () => signal?.aborted ?? false,
      })
      assertGoesOn(signal)
      if (predictions.length < sentences.length) throw cancelled()
      return predictions
    },
    close: () => undefined,
  }
}

const cancelled = (): AppError => new AppError('cancelled', 'The prediction was cancelled.')

function assertGoesOn(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelled()
}
