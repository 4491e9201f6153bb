/** The families of models, a row each. */
import type { ModelConfig } from '#main/runs/config'
import { familyName, type FamilyName } from '#main/runs/families/families'
import type { ModelFamily } from './family.ts'
import { pmei } from './pmei/pmei.ts'

/** Each family takes the configs that carry its name. */
const families: Readonly<Record<FamilyName, ModelFamily>> = { pmei }

export function familyOf(config: ModelConfig): ModelFamily {
  return families[familyName(config)]
}
