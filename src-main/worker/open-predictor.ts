/** Predictor of a prediction job, with the options that the run was configured with. It is the same on every thread. */
import type { SentenceWords } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'
import { predictSentences, predictionOptions } from '#main/extraction/predict'
import type { BackendChoice } from '#main/runs/backend-name'
import { openModel } from './kept-model.ts'
import type { PredictBatch, PredictJob } from '#main/compute/messages'
import type { PredictedAs } from '#main/runs/predicted-as'

/** What of a batch concerns the words of a model. */
export type WordChange = Pick<PredictBatch, 'newWords' | 'forgetsWords'>

export interface OpenPredictor {
  predict(sentences: readonly SentenceWords[], how?: PredictedAs): Promise<readonly Prediction[]>
  /** Changes the words that the model knows, for what is predicted from now on. */
  changeWords(change: WordChange): void
}

/** Opens the predictor on `backend`, which must be started. */
export async function openPredictor(job: Omit<PredictJob, 'backend'>, backend: BackendChoice): Promise<OpenPredictor> {
  const { model, lexicon, training } = await openModel(job, backend)
  const own = predictionOptions(training)
  const threshold = job.threshold ?? own.threshold
  return {
    predict: (sentences, { sampleSeed = own.sampleSeed ?? null, early = null } = {}) =>
      predictSentences(model, lexicon, sentences, { threshold, sampleSeed, early }),
    changeWords({ newWords, forgetsWords = false }) {
      if (lexicon.kind !== 'words') return
      if (forgetsWords) lexicon.forget()
      if (newWords) lexicon.add(newWords)
    },
  }
}
