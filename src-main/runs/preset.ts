/** Preset: settings that belong together, each with its reason. A value that a person sets takes precedence. */
import type { NetworkPart, SettingValues } from './setting-values.ts'

/** The settings that a preset may set: all but the seed and those of the machine. */
export type PresetValues = SettingValues<'training' | NetworkPart>

export interface Preset {
  readonly meaning: string
  readonly settings: {
    readonly [Name in keyof PresetValues]?: PresetSetting<PresetValues[Name]>
  }
}

export type PresetSetting<Value> = FixedSetting<Value> | SizedSetting<Value>

interface FixedSetting<Value> {
  readonly value: Value
  readonly why: string
}

/** A setting whose value follows from the number of training sentences. */
interface SizedSetting<Value> {
  readonly ofTrain: (sentences: number) => Value
  /** The values in words: "10 to 50". */
  readonly shown: string
  readonly why: string
}
