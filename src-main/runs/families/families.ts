/** The families of models, a row each. */
import type { ModelConfig, ModelDesign, PmeiModel } from '../config.ts'
import type { FamilyName } from '../family-name.ts'
import { isRival, type ModelName } from '../model-name.ts'
import { variantMeanings } from '../variants.ts'
import type { FamilyFacts } from './facts.ts'
import { casrel } from './casrel.ts'
import { grid } from './grid.ts'
import { pmei } from './pmei.ts'
import { rin } from './rin.ts'

/** The facts about each family, which takes the configs that carry its name. */
export const families: Readonly<Record<FamilyName, FamilyFacts>> = { pmei, rin, grid, casrel }

/** The name of a model's family. */
export function familyName({ family }: Pick<ModelConfig, 'family'>): FamilyName {
  return family ?? 'pmei'
}

/** The facts about the family of a model. */
export function factsOfFamily(model: Pick<ModelConfig, 'family'>): FamilyFacts {
  return families[familyName(model)]
}

/** Whether a model is PMEI or one of its ablations. */
export function isPmei(model: ModelConfig): model is PmeiModel {
  return familyName(model) === 'pmei'
}

/** Whether predictions of a model may be drawn, and then differ from draw to draw. */
export function isDrawn(model: ModelDesign): boolean {
  return factsOfFamily(model).drawn(model).length > 0
}

/** The model in one line, for people. */
export function meaningOf(name: ModelName): string {
  return isRival(name) ? families[name].meaning : variantMeanings[name]
}
