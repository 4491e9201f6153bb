/** EarlyInput: what the maps of a model are shown in place of its early predictions, to measure what these do for the final ones. */
import type { ModelDesign } from './config.ts'

export const earlyInputs = ['gold', 'noise', 'nothing'] as const
export type EarlyInput = (typeof earlyInputs)[number]

export const earlyInputMeanings: Readonly<Record<EarlyInput, string>> = {
  gold: 'gold in place of the early predictions',
  noise: 'the early predictions of other words of the sentence',
  nothing: 'zeros in place of the early predictions',
}

/** Are its maps shown early predictions, which something else can stand in for? */
export function showsEarly(model: ModelDesign): boolean {
  return 'early' in model && model.early && model.map !== 'none'
}
