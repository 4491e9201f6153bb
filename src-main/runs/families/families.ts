/** The families of models, a row each. */
import type { ModelConfig, ModelDesign } from '../config.ts'
import type { FamilyFacts } from './facts.ts'
import { pmei } from './pmei.ts'

const table = { pmei } as const

export type FamilyName = keyof typeof table

/** The facts about each family, which takes the configs that carry its name. */
export const families: Readonly<Record<FamilyName, FamilyFacts>> = table

/** The name of a model's family. */
export function familyName({ family }: Pick<ModelConfig, 'family'>): FamilyName {
  return family ?? 'pmei'
}

/** The facts about the family of a model. */
export function factsOfFamily(model: Pick<ModelConfig, 'family'>): FamilyFacts {
  return families[familyName(model)]
}

/** Whether predictions of a model may be drawn, and then differ from draw to draw. */
export function isDrawn(model: ModelDesign): boolean {
  return factsOfFamily(model).drawn(model).length > 0
}
