/** Options of the command line, made from settings. A refused value is told with the option, its limits and the value. */
import { Option, type Command } from 'commander'
import { allows, inSentence, rangeOf, whatIsAllowed, type Rule } from '#main/runs/check-setting'
import type { Setting, SettingSection } from '#main/runs/setting'
import { settingNamed, settingsOf, type SettingPart, type SettingValues } from '#main/runs/setting-values'

/** The part of a setting that an option is made from; other numbers, such as a port, have one too. */
export type OptionRule = Rule &
  Pick<Setting, 'flag' | 'hint'> & { readonly section?: SettingSection; readonly usual?: string | number | boolean }

const valueNames = { whole: 'n', number: 'x', share: 'share', choice: 'choice' } as const

const headings: Readonly<Record<SettingSection, string>> = {
  training: 'Training:',
  network: 'Network:',
  flow: 'Information flow and decisions:',
  machine: 'Machine:',
}

/** An option for a setting. A value that the rule does not allow ends `command` as misused. */
export function settingOption(command: Command, rule: OptionRule): Option {
  const { flag, kind, hint, section } = rule
  const option =
    kind === 'switch'
      ? new Option(flag, inSentence(hint))
      : new Option(`${flag} <${valueNames[kind]}>`, describe(rule)).argParser((text) => {
          const value = kind === 'choice' ? text : toNumber(text)
          return allows(rule, value) ? value : command.error(`error: ${flag} ${text}: ${whatIsAllowed(rule)}.`)
        })
  return section ? option.helpGroup(headings[section]) : option
}

/** Adds an option per setting of these parts. A switch gets a second one, since a preset may have turned it on. */
export function addSettings(command: Command, ...parts: readonly SettingPart[]): void {
  for (const setting of settingsOf(...parts)) {
    const { flag, kind, section } = setting
    command.addOption(settingOption(command, setting))
    if (kind === 'switch')
      command.addOption(new Option(turnedOff(flag), `turn ${flag} of a preset off`).helpGroup(headings[section]))
  }
}

/** The option for seeds, a list such as "1,2,3". */
export function seedsOption(command: Command): Option {
  const seed = settingNamed('seed')
  const option = new Option(`${seed.flag} <list>`, `${inSentence(seed.hint)}, such as 1,2,3`).default(
    [seed.usual],
    String(seed.usual),
  )
  return option.argParser((text) => {
    const seeds = text.split(',').map(toNumber)
    if (seeds.every((one) => allows(seed, one))) return seeds
    return command.error(
      `error: ${seed.flag} ${text}: ${whatIsAllowed(seed)}; separate several by commas, as in 1,2,3.`,
    )
  })
}

/** The settings of some parts that were given on the command line. */
export function settingsGiven<Part extends SettingPart>(
  options: object,
  ...parts: readonly Part[]
): Partial<SettingValues<Part>> {
  const values: Readonly<Record<string, unknown>> = { ...options }
  const given = settingsOf(...parts).flatMap(({ name, flag }) => {
    const value = values[new Option(flag).attributeName()]
    return value === undefined ? [] : [[name, value]]
  })
  return Object.fromEntries(given) as Partial<SettingValues<Part>> // as the options above read them
}

/** A setting with a value as it is typed: "--dropout 0.3", "--no-reset-after". */
export function typed({ flag, kind }: Setting, value: string | number | boolean): string {
  if (kind === 'switch') return value === true ? flag : turnedOff(flag)
  return `${flag} ${value}`
}

const turnedOff = (flag: string): string => flag.replace(/^--/, '--no-')

/** The help of an option: "share of the input that is dropped (0 to 0.95; usually 0.3)". */
function describe(rule: OptionRule): string {
  const usual = rule.usual === undefined ? '' : `; usually ${rule.usual}`
  return `${inSentence(rule.hint)} (${rangeOf(rule)}${usual})`
}

/** Reads a number; NaN for an empty text, which JavaScript would take for 0. */
const toNumber = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text))
