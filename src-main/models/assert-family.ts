/** Checks that the weights of a checkpoint are of the family that its config names. */
import type { ModelConfig } from '#main/runs/config'
import { familyName } from '#main/runs/families/families'
import { familyOfWeights } from './families.ts'

/** @throws Error for the weights of another family. */
export function assertFamilyOf(model: ModelConfig, weights: ReadonlyMap<string, unknown>): void {
  const [said, found] = [familyName(model), familyOfWeights(new Set(weights.keys()))]
  if (said !== found)
    throw new Error(
      `config.json is of a model of the family ${said}, and weights.safetensors holds one of ${found}: the files of two checkpoints were mixed. Take both from the same one.`,
    )
}
