/** Dev scores between epochs, in pieces, so that a cancellation does not wait for the whole split. */
import type { LabelledSentence } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'
import { scoreEntities } from '#main/evaluation/entities'
import { scoreTriples } from '#main/evaluation/match'
import { matchModes } from '#main/evaluation/match-mode'
import { predictSentences } from '#main/extraction/predict'
import type { MetricPoint } from '#main/runs/run'
import { breathe } from './breathe.ts'
import { chunk } from './batches.ts'
import type { Learner } from './step.ts'

const sentencesPerPiece = 256

/** Null when it was cancelled. */
export async function evaluateDev(
  { model, vocabulary, training }: Learner,
  dev: readonly LabelledSentence[],
  signal: AbortSignal,
): Promise<Pick<MetricPoint, 'dev' | 'devEntities'> | null> {
  const predictions: Prediction[] = []
  for (const piece of chunk(dev, sentencesPerPiece)) {
    await breathe()
    if (signal.aborted) return null
    const words = piece.map((sentence) => sentence.words)
    predictions.push(...(await predictSentences(model, vocabulary, words, { threshold: training.threshold })))
  }
  const scores = matchModes.map((mode) => [mode, scoreTriples(dev, predictions, mode)])
  return {
    dev: Object.fromEntries(scores) as MetricPoint['dev'], // every mode is there
    devEntities: scoreEntities(dev, predictions).all,
  }
}
