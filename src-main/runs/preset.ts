/** Preset: settings that belong together, each with its reason. What a person sets goes before them. */
import type { SettingValues } from './setting-values.ts'

/** Everything in the table of settings but the seed and what computes. */
export type PresetValues = SettingValues<'training' | 'lstm' | 'model'>

export interface Preset {
  readonly meaning: string
  readonly settings: {
    readonly [Name in keyof PresetValues]?: { readonly value: PresetValues[Name]; readonly why: string }
  }
}
