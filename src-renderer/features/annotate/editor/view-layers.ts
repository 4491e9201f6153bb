/** Layers of the open sentence as adjudication takes them: the prediction of a run beside those of others, or nothing of models at all. */
import type { SentenceView } from '#main/api/annotations'
import { isMachine, type SentenceLayer } from '#main/document/layer'
import { layerOfPrediction } from '#main/document/prediction-layer'

const noLayers: readonly SentenceLayer[] = []

/** The layers of a sentence, the prediction of the chosen run among them. */
export function layersOf(view: SentenceView | null, runId: string | null): readonly SentenceLayer[] {
  const { layers = noLayers, prediction = null } = view ?? {}
  return prediction && runId !== null ? [...layers, layerOfPrediction(prediction, runId, 'chosen run')] : layers
}

/** The sentence without what models say of it. */
export function withoutModels(view: SentenceView): SentenceView {
  return { ...view, prediction: null, layers: view.layers.filter((layer) => !isMachine(layer)) }
}
