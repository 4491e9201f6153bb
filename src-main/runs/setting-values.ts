/** SettingValues: the types that settings have by the table, and their usual values. */
import { settings } from './settings.ts'
import type { ValueOf } from './setting.ts'

type Row = (typeof settings)[number]
export type SettingPart = Row['part']
export type SettingName = Row['name']

/** A value per setting of some parts of a config, by name. */
export type SettingValues<Part extends SettingPart> = {
  readonly [One in Extract<Row, { part: Part }> as One['name']]: ValueOf<One>
}

/** Parts with the sizes and switches of a network, which weights fit: those of an LSTM, of all families, and of single ones. */
export const networkParts = ['lstm', 'model', 'rin'] as const satisfies readonly SettingPart[]
export type NetworkPart = (typeof networkParts)[number]

/** TrainingConfig: how a model is trained and how it predicts. */
export type TrainingConfig = SettingValues<'training' | 'seed'>

/** The settings of some parts, in the order of the table. */
export function settingsOf<Part extends SettingPart>(
  ...parts: readonly Part[]
): readonly Extract<Row, { part: Part }>[] {
  return settings.filter((row): row is Extract<Row, { part: Part }> => parts.some((part) => part === row.part))
}

export function settingNamed<Name extends SettingName>(name: Name): Extract<Row, { name: Name }> {
  return settings.find((row) => row.name === name) as Extract<Row, { name: Name }> // every name has its row
}

/** The values of a run that asks for no others. */
export function usualValues<Part extends SettingPart>(...parts: readonly Part[]): SettingValues<Part> {
  const entries = settingsOf(...parts).map(({ name, usual }) => [name, usual])
  return Object.fromEntries(entries) as SettingValues<Part> // a value per row
}

/** The values of some parts, taken from those of more parts. */
export function pickValues<Part extends SettingPart>(
  values: SettingValues<Part>,
  ...parts: readonly Part[]
): SettingValues<Part> {
  const given: Readonly<Record<string, unknown>> = { ...values }
  const entries = settingsOf(...parts).map(({ name }) => [name, given[name]])
  return Object.fromEntries(entries) as SettingValues<Part> // a value per row, as `values` has it
}

/** Usual values of a run that trains its BERT, in place of those of the table. */
export const bertTraining = { batchSize: 6, learningRate: 1e-5, average: 0 } as const satisfies Partial<TrainingConfig>
