/** ModelName: what can be trained, as a variant of PMEI or as another family, which goes by its own name. */
import { rivalNames, type FamilyName, type RivalName } from './family-name.ts'
import { variantNames, type VariantName } from './variants.ts'

export type ModelName = VariantName | RivalName

export const modelNames: readonly ModelName[] = [...variantNames, ...rivalNames]

export function isRival(name: ModelName): name is RivalName {
  return rivalNames.some((rival) => rival === name)
}

/** The family that a model is of. */
export function familyOfName(name: ModelName): FamilyName {
  return isRival(name) ? name : 'pmei'
}

/** The models of some families. PMEI stands for the variants that are named, and for its full model where none is. */
export function modelsOf(asked: readonly FamilyName[], variants: readonly VariantName[]): ModelName[] {
  const ofPmei: readonly VariantName[] = variants.length > 0 ? variants : ['pmei']
  return [...new Set(asked.flatMap((family): readonly ModelName[] => (family === 'pmei' ? ofPmei : [family])))]
}
