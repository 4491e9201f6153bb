/** ExperimentPlan: the runs that answer a question, as variants, seeds, and settings that take several values. */
import type { PresetName } from '#main/runs/presets'
import type { SettingName } from '#main/runs/setting-values'
import type { ModelName } from '#main/runs/model-name'

export type SettingValue = string | number | boolean

/** Limits between which a search draws; on a logarithmic scale each power of ten is as likely as another. */
export interface Range {
  readonly from: number
  readonly to: number
  readonly scale: 'linear' | 'log'
}

/** The values that a setting takes: those of a list, or in a search any between two limits. */
export type Spread = readonly SettingValue[] | Range

/** Successive halving: candidates train for some epochs, the best of them go on for `factor` times as many, and so on. */
export interface Halving {
  /** Number of epochs of the first round. */
  readonly epochs: number
  readonly factor: number
}

/** A random search in place of the whole grid. The candidates are compared on dev. */
export interface Search {
  readonly trials: number
  readonly seed: number
  /** Null to train every trial to its end. */
  readonly halving: Halving | null
}

export interface ExperimentPlan {
  readonly name: string
  /** The models: variants of PMEI, and other families by their names. */
  readonly variants: readonly ModelName[]
  readonly seeds: readonly number[]
  readonly preset: PresetName
  /** Paths of word-vector files; null stands for what a run takes that names none. */
  readonly vectors: readonly (string | null)[]
  /** A folder with a BERT in place of word vectors and LSTM. */
  readonly encoder: { readonly folder: string; readonly isFrozen: boolean } | null
  readonly settings: { readonly [Name in SettingName]?: Spread | undefined }
  /** Null for the whole grid. */
  readonly search: Search | null
}

/** The settings that a plan names, with the values that they take, in its order. */
export function spreadsOf({ settings }: Pick<ExperimentPlan, 'settings'>): [SettingName, Spread][] {
  const named = Object.entries(settings) as [SettingName, Spread | undefined][] // its own keys
  return named.flatMap(([name, spread]) => (spread === undefined ? [] : [[name, spread]]))
}

export function isRange(spread: Spread): spread is Range {
  return !Array.isArray(spread)
}
