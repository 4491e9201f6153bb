/** Setting: one hyperparameter of a run, as a row of the table in `settings.ts`. */

import type { FamilyName } from './family-name.ts'

interface Described {
  /** Name of the field that holds the value in a run's config. */
  readonly name: string
  /** Part of the config with that field. A request lists several values of the part `seed`, one per run. */
  readonly part: 'training' | 'seed' | 'lstm' | 'model' | 'rin' | 'machine'
  /** Section of the form, and of the help of `train`, that shows the setting. */
  readonly section: SettingSection
  /** Name of the setting for people. */
  readonly label: string
  /** Option of the command line. */
  readonly flag: `--${string}`
  /** Purpose of the setting, in one line. It names the paper or the released code only for a value that these state. */
  readonly hint: string
  /** Families of models that have the setting; absent where all have it. */
  readonly families?: readonly FamilyName[]
  /** Version of the program in which the setting appeared. Runs of earlier versions have the usual value. */
  readonly since: string
}

export type SettingSection = 'training' | 'network' | 'flow' | 'machine'

interface Limits {
  readonly least: number
  readonly most: number
  /** Step of an arrow key in the form. */
  readonly step: number
  /** Value of a run that asks for no other. */
  readonly usual: number
  /** A share up to here, and above it a whole number of what it is a share of; absent where a number is but one thing. */
  readonly wholeAbove?: number
}

export interface NumberSetting extends Described, Limits {
  readonly kind: 'whole' | 'number' | 'share'
}

export interface ChoiceSetting extends Described {
  readonly kind: 'choice'
  /** Allowed values, each with its name for people. */
  readonly choices: Readonly<Record<string, string>>
  readonly usual: string
}

export interface SwitchSetting extends Described {
  readonly kind: 'switch'
  readonly usual: boolean
}

export type Setting = NumberSetting | ChoiceSetting | SwitchSetting

/** Type of the values of a row. */
export type ValueOf<Row> = Row extends { readonly kind: 'choice'; readonly choices: infer Choices }
  ? keyof Choices & string
  : Row extends { readonly kind: 'switch' }
    ? boolean
    : number

// the part of a row about its values, by kind

export const whole = (limits: Limits) => ({ kind: 'whole', ...limits }) as const
export const number = (limits: Limits) => ({ kind: 'number', ...limits }) as const
/** A share of something lies between 0 and 1. */
export const share = (limits: Limits) => ({ kind: 'share', ...limits }) as const
export const toggle = (usual: boolean) => ({ kind: 'switch', usual }) as const
export const choice = <const Choices extends Readonly<Record<string, string>>>(
  choices: Choices,
  usual: keyof Choices & string,
) => ({ kind: 'choice', choices, usual }) as const
