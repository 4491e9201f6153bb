/** The families of models, a row each. */
import type { ModelConfig } from '#main/runs/config'
import { familyNames, type FamilyName } from '#main/runs/family-name'
import { familyName } from '#main/runs/families/families'
import type { ModelFamily } from './family.ts'
import { casrel } from './casrel/casrel.ts'
import { grid } from './grid/grid.ts'
import { pmei } from './pmei/pmei.ts'
import { rin } from './rin/rin.ts'

/** Each family takes the configs that carry its name. */
const families: Readonly<Record<FamilyName, ModelFamily>> = { pmei, rin, grid, casrel }

/** The family that a model with weights of these names is of. */
export function familyOfWeights(names: ReadonlySet<string>): FamilyName {
  return familyNames.find((name) => names.has(families[name].mark ?? '')) ?? 'pmei'
}

export function familyOf(config: ModelConfig): ModelFamily {
  return families[familyName(config)]
}
