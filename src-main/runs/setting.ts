/** Setting: one hyperparameter of a run, as a row of the table in `settings.ts`. */

interface Described {
  /** Field that holds the value in a run's config. */
  readonly name: string
  /** Part of the config with that field. Of `seed` a request lists several values, one per run. */
  readonly part: 'training' | 'seed' | 'lstm' | 'model' | 'machine'
  /** Section of the form that shows it. */
  readonly section: SettingSection
  /** Its name for people. */
  readonly label: string
  /** Its option on the command line. */
  readonly flag: `--${string}`
  /** What it is for and what is usual. The paper and the released code are named only for a value that they state. */
  readonly hint: string
  /** Version of the program that had it first. Runs of earlier versions have the usual value. */
  readonly since: string
}

export type SettingSection = 'training' | 'network' | 'flow' | 'machine'

interface Limits {
  readonly least: number
  readonly most: number
  /** What an arrow key adds in the form. */
  readonly step: number
  /** The value of a run that asks for no other. */
  readonly usual: number
}

export interface NumberSetting extends Described, Limits {
  readonly kind: 'whole' | 'number' | 'share'
}

export interface ChoiceSetting extends Described {
  readonly kind: 'choice'
  /** Values with their names for people. */
  readonly choices: Readonly<Record<string, string>>
  readonly usual: string
}

export interface SwitchSetting extends Described {
  readonly kind: 'switch'
  readonly usual: boolean
}

export type Setting = NumberSetting | ChoiceSetting | SwitchSetting

/** What values of a row are. */
export type ValueOf<Row> = Row extends { readonly kind: 'choice'; readonly choices: infer Choices }
  ? keyof Choices & string
  : Row extends { readonly kind: 'switch' }
    ? boolean
    : number

// what a row says of its values, by kind

export const whole = (limits: Limits) => ({ kind: 'whole', ...limits }) as const
export const number = (limits: Limits) => ({ kind: 'number', ...limits }) as const
/** Of a share of something, 0 to 1. */
export const share = (limits: Limits) => ({ kind: 'share', ...limits }) as const
export const toggle = (usual: boolean) => ({ kind: 'switch', usual }) as const
export const choice = <const Choices extends Readonly<Record<string, string>>>(
  choices: Choices,
  usual: keyof Choices & string,
) => ({ kind: 'choice', choices, usual }) as const
