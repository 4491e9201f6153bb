/** Outputs that are rarely 1: their biases start where a score is improbable, so that training need not first learn that. */
import { denseWeights, type WeightSpec } from './weights.ts'

/** Log-odds of about 1 in 50. */
const startBias = -4

export function rareOutputs(name: string, input: number, output: number): WeightSpec[] {
  return [
    ...denseWeights(name, input, output, false),
    { name: `${name}.bias`, shape: [output], initial: () => new Float32Array(output).fill(startBias) },
  ]
}
