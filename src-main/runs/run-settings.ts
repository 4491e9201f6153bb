/** The settings of a run: the value that its config holds for every row of the table, in words. */
import type { RunConfig } from './config.ts'
import { familyName } from './families/families.ts'
import type { FamilyName } from './family-name.ts'
import type { Setting } from './setting.ts'
import { settings } from './settings.ts'

type SettingValue = string | number | boolean

/** Whether the models of a family have a setting. */
export function hasSetting({ families }: Setting, family: FamilyName): boolean {
  return families?.includes(family) ?? true
}

/** The value of a setting in a config; undefined where the run has none, as for the sizes of an LSTM beside a BERT. */
export function valueIn({ training, model, ...run }: RunConfig, setting: Setting): SettingValue | undefined {
  if (!hasSetting(setting, familyName(model))) return undefined
  const { encoder } = model
  const parts: Readonly<Record<Setting['part'], object>> = {
    training,
    seed: training,
    lstm: encoder.kind === 'lstm' ? encoder : {},
    model,
    rin: model,
    machine: run,
  }
  const values = parts[setting.part] as Readonly<Record<string, SettingValue>> // a field per row of that part
  return values[setting.name]
}

interface RunSetting {
  readonly setting: Setting
  readonly value: SettingValue
  /** The value in words: "shuffled, like lengths together" for "bucketed". */
  readonly shown: string
}

/** The settings that a run has, in the order of the table. */
export function settingsOfRun(config: RunConfig): RunSetting[] {
  return settings.flatMap((setting) => {
    const value = valueIn(config, setting)
    return value === undefined ? [] : [{ setting, value, shown: showValue(setting, value) }]
  })
}

/** A value in words. */
export function showValue(setting: Setting, value: SettingValue): string {
  if (setting.kind === 'choice') return setting.choices[String(value)] ?? String(value)
  if (setting.kind === 'switch') return value === true ? 'yes' : 'no'
  return String(value)
}
