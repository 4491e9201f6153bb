/** Options made from settings: what they refuse they name with their limits and what was given. */
import { Option, type Command } from 'commander'
import { allows, inSentence, limitsOf, whatIsAllowed, type Rule } from '#main/runs/check-setting'
import type { Setting } from '#main/runs/setting'
import { settingNamed, settingsOf, type SettingPart, type SettingValues } from '#main/runs/setting-values'

/** A setting as far as an option needs it: also of what is no hyperparameter, such as a port. */
export type OptionRule = Rule & Pick<Setting, 'flag' | 'hint'> & { readonly usual?: string | number | boolean }

const valueNames = { whole: 'n', number: 'x', share: 'share', choice: 'name' } as const

/** What `command` is misused with ends it. */
export function settingOption(command: Command, rule: OptionRule): Option {
  const { flag, kind, label, hint } = rule
  if (kind === 'switch') return new Option(flag, `${inSentence(label)}: ${hint}`)
  return new Option(`${flag} <${valueNames[kind]}>`, describe(rule)).argParser((text) => {
    const value = kind === 'choice' ? text : toNumber(text)
    return allows(rule, value) ? value : command.error(`error: ${flag} ${text}: ${whatIsAllowed(rule)}.`)
  })
}

/** One option per setting of these parts; a switch has a second one, since a preset may have turned it on. */
export function addSettings(command: Command, ...parts: readonly SettingPart[]): void {
  for (const setting of settingsOf(...parts)) {
    command.addOption(settingOption(command, setting))
    if (setting.kind === 'switch')
      command.addOption(new Option(turnedOff(setting.flag), `turns ${setting.flag} of a preset off`))
  }
}

/** "1,2,3". */
export function seedsOption(command: Command): Option {
  const seed = settingNamed('seed')
  return new Option(`${seed.flag} <list>`, describe(seed)).default([seed.usual]).argParser((text) => {
    const seeds = text.split(',').map(toNumber)
    if (seeds.every((one) => allows(seed, one))) return seeds
    return command.error(
      `error: ${seed.flag} ${text}: ${whatIsAllowed(seed)}; separate several by commas, as in 1,2,3.`,
    )
  })
}

/** What was given of some parts. */
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

/** "input dropout: share of the input that is dropped (a share from 0 to 0.95; usually 0.3)". */
function describe(rule: OptionRule): string {
  const usual = rule.usual === undefined ? '' : `; usually ${rule.usual}`
  return `${inSentence(rule.label)}: ${inSentence(rule.hint)} (${limitsOf(rule)}${usual})`
}

/** Nothing is no number, though JavaScript reads it as 0. */
const toNumber = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text))
