/** Repeats of a plan: a family without a setting would be trained anew for each of its values, to the same weights. */
import { familyOfName, type ModelName } from '#main/runs/model-name'
import type { Setting } from '#main/runs/setting'
import { isRange, type Spread } from './plan.ts'

/** Why several values of a setting are refused, as a sentence without its subject; null where every model has it. */
export function whyRepeated(
  { name, families }: Pick<Setting, 'name' | 'families'>,
  spread: Spread,
  models: readonly ModelName[],
): string | null {
  const without = models.map(familyOfName).find((family) => families && !families.includes(family))
  if (without === undefined || (!isRange(spread) && spread.length < 2)) return null
  return `tries several values of ${name}, which ${without} does not have: it would be trained once for each, all the same. Give ${without} a plan of its own.`
}
