/** PredictionSession: a model that predicts many batches of sentences, opened once. */
import { AppError } from '#main/core/errors'
import type { SentenceWords } from '#main/document/labelled-sentence'
import { withSymmetric, withThresholds, type Prediction } from '#main/document/prediction'
import type { ComputeHost } from '#main/compute/messages'
import { workOnLadder } from '#main/machine/fall-back'
import type { BackendLadder, LadderBackend } from '#main/machine/backend-ladder'
import type { ModelConfig } from '#main/runs/config'
import type { BackendName } from '#main/runs/backend-name'
import { planSentence, type SentencePlan } from '#main/runs/sentence-plan'
import { taggedFor } from '../tagger/tagger.ts'
import { predictLong } from './long-sentences.ts'
import type { ModelSource } from './model-source.ts'
import type { Predict, PredictOptions } from './predict.ts'
import { startPredicting, type Predicting } from './predicting.ts'
import { createNewWords } from './new-words.ts'
import { modelOf } from './stored-model.ts'

export interface PredictionSession {
  /**
   * Predictions of the sentences, in their order, with the thresholds of the model. Calls may overlap: while the model
   * computes for one, the next is on its way. A process that dies or a backend that fails is replaced as the ladder has it.
   * @throws AppError 'cancelled' when `signal` is aborted, which ends what the other calls asked for as well; the session can
   * be used further.
   */
  readonly predict: Predict
  /** How a sentence of so many words is predicted. */
  planOf(words: number): SentencePlan
  /** Lets the compute process go, once it has answered what it was asked. */
  close(): void
}

export interface SessionOptions {
  readonly compute: ComputeHost
  readonly ladder: Pick<BackendLadder, 'of' | 'distrust'>
  /** Is told, in a sentence, when a process or backend failed and the work goes on. */
  readonly tell: (message: string) => void
}

/** Opens a session; what it computes with starts at its first batch. */
export function openSession(source: ModelSource, { compute, ladder, tell }: SessionOptions): PredictionSession {
  const { thresholds, symmetric } = source
  let opened: { readonly backend: BackendName; readonly predicting: Predicting } | null = null
  /** The last batch that was sent; batches are sent in the order in which they were asked for. */
  let sending: Promise<unknown> = Promise.resolve()

  function on(backend: BackendName): Predicting {
    if (opened?.backend === backend && !opened.predicting.isOver) return opened.predicting
    opened?.predicting.end()
    const { checkpoint, encoder, threads } = source
    const job = { kind: 'predict', checkpoint, encoder, threshold: null, backend, threads } as const
    opened = { backend, predicting: startPredicting(compute.run(job), createNewWords(source)) }
    return opened.predicting
  }

  let read: ModelConfig | null = null
  const model = (): ModelConfig => (read ??= modelOf(source.checkpoint))
  const planOf = (words: number): SentencePlan => planSentence(words, model())

  async function predict(
    sentences: readonly SentenceWords[],
    { progress, signal, how }: PredictOptions = {},
  ): Promise<Prediction[]> {
    if (sentences.length === 0) return []
    assertGoesOn(signal)
    const predictions: Prediction[] = []
    let asked: Predicting | null = null

    async function goOn({ backend }: LadderBackend): Promise<void> {
      const predicting = (asked = on(backend))
      const cancel = (): void => predicting.cancel()
      signal?.addEventListener('abort', cancel, { once: true })
      try {
        const unread = sentences.slice(predictions.length)
        const sent = sending.then(() => predicting.send(unread, { signal, how, take }))
        sending = sent.catch(() => undefined)
        await (
          await sent
        ).answered
      } finally {
        signal?.removeEventListener('abort', cancel)
      }
    }

    function take(more: readonly Prediction[]): void {
      for (const prediction of more)
        predictions.push(withSymmetric(thresholds ? withThresholds(prediction, thresholds) : prediction, symmetric))
      progress?.(predictions.length)
    }

    /** Several calls fail with one process, which is told once. */
    function tellOnce(message: string): void {
      if (asked?.isTold) return
      if (asked) asked.isTold = true
      tell(message)
    }

    await workOnLadder(ladder, {
      choice: source.backend,
      isLong: false,
      begin: goOn,
      position: () => predictions.length,
      onRestart: (reason) => tellOnce(`${reason} Reading goes on in another one.`),
      onFall: (reason, next) => tellOnce(`${reason} Reading goes on with ${next}.`),
      isStopped: () => signal?.aborted ?? false,
    })
    assertGoesOn(signal)
    if (predictions.length < sentences.length) throw cancelled()
    return predictions
  }

  const predictAny = predictLong(predict, planOf)
  return {
    // tagged before they are cut into windows, since a tagger looks at whole sentences
    predict: async (sentences, options = {}) =>
      predictAny(await taggedFor(model(), sentences, options.signal), options),
    planOf,
    close() {
      opened?.predicting.end()
      opened = null
    },
  }
}

const cancelled = (): AppError => new AppError('cancelled', 'The prediction was cancelled.')

function assertGoesOn(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelled()
}
