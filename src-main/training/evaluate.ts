/** Dev scores between epochs, by all replicas. */
import { withoutGold, type LabelledSentence } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'
import { scoreEntities } from '#main/evaluation/entities'
import { scoreTriples } from '#main/evaluation/match'
import { matchModes } from '#main/evaluation/match-mode'
import type { MetricPoint } from '#main/runs/run'
import { readInPieces, type Reader } from './read-in-pieces.ts'

/** Null when it was cancelled. */
export async function evaluateDev(
  dev: readonly LabelledSentence[],
  readers: readonly Reader[],
  signal: AbortSignal,
): Promise<Pick<MetricPoint, 'dev' | 'devEntities'> | null> {
  const predictions: Prediction[] = []
  const plain = dev.map(withoutGold)
  for await (const window of readInPieces(plain, readers, signal)) predictions.push(...window.predictions)
  if (signal.aborted) return null
  const scores = matchModes.map((mode) => [mode, scoreTriples(dev, predictions, mode)])
  return {
    dev: Object.fromEntries(scores) as MetricPoint['dev'], // every mode is there
    devEntities: scoreEntities(dev, predictions).all,
  }
}
