/** Predictions as services see them. */
import { unpackPredictions, type PackedPredictions } from '#main/compute/packed-predictions'
import type { Prediction } from '#main/document/prediction'

/** @param onTurn is called whenever the event loop would get its turn. */
export async function unpacked(packed: PackedPredictions, onTurn: () => void = () => undefined): Promise<Prediction[]> {
  const predictions: Prediction[] = []
  for await (const prediction of unpackPredictions(packed, async () => onTurn())) predictions.push(prediction)
  return predictions
}
