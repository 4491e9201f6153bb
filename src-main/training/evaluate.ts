/** Scores on dev between epochs, predicted by all replicas in windows, so that memory does not grow with dev. */
import { withoutGold, type LabelledSentence } from '#main/document/labelled-sentence'
import { scoreEntities } from '#main/evaluation/entities'
import { scoreTriples } from '#main/evaluation/match'
import { matchModes } from '#main/evaluation/match-mode'
import { sumScores, type Scores } from '#main/evaluation/scores'
import type { MetricPoint } from '#main/runs/run'
import { predictInWindows, type Predictor } from './predict-in-windows.ts'

/** Dev scores of every match mode and of the entities; null when the run was cancelled. */
export async function evaluateDev(
  dev: readonly LabelledSentence[],
  predictors: readonly Predictor[],
  signal: AbortSignal,
): Promise<Pick<MetricPoint, 'dev' | 'devEntities' | 'devSeconds'> | null> {
  const startedMs = performance.now()
  const triples = matchModes.map((mode) => ({ mode, windows: [] as Scores[] }))
  const entities: Scores[] = []
  const plain = dev.map(withoutGold)
  for await (const { from, predictions } of predictInWindows(plain, predictors, signal)) {
    const sentences = dev.slice(from, from + predictions.length)
    for (const { mode, windows } of triples) windows.push(scoreTriples(sentences, predictions, mode))
    entities.push(scoreEntities(sentences, predictions).all)
  }
  if (signal.aborted) return null
  return {
    dev: Object.fromEntries(triples.map(({ mode, windows }) => [mode, sumScores(windows)])) as MetricPoint['dev'], // every mode
    devEntities: sumScores(entities),
    devSeconds: (performance.now() - startedMs) / 1000,
  }
}
