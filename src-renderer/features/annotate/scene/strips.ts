/** Rows under the words that come and go: how many a sentence has room for, so that nothing moves when one is filled. */
import type { SentenceLayer } from '#main/document/layer'
import type { Prediction } from '#main/document/prediction'
import { assignLanes, mostLanes } from './lanes.ts'

/** Rows of tags of a run: a first pass and a final one. A run that has not predicted the sentence yet may have both. */
export function predictionStripCount(prediction: Prediction | null, hasRun: boolean): number {
  if (prediction) return prediction.early ? 2 : 1
  return hasRun ? 2 : 0
}

/** Rows of spans that the layers of a sentence need, whichever of them is shown; at least one where there is a layer. */
export function layerStripCount(layers: readonly SentenceLayer[]): number {
  if (layers.length === 0) return 0
  const counts = layers.map(({ annotation }) => {
    const items = annotation.spans.map((span) => ({ ...span, kind: 'gold' as const }))
    return 1 + Math.max(-1, ...assignLanes(items).values())
  })
  return Math.min(mostLanes, Math.max(1, ...counts))
}
