/** Preset: settings that belong together, each with its reason. A value that a person sets takes precedence. */
import type { SettingValues } from './setting-values.ts'

/** The settings that a preset may set: all but the seed and those of the machine. */
export type PresetValues = SettingValues<'training' | 'lstm' | 'model'>

export interface Preset {
  readonly meaning: string
  readonly settings: {
    readonly [Name in keyof PresetValues]?: { readonly value: PresetValues[Name]; readonly why: string }
  }
}
