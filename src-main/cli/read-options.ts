/** Options of commands that read files: format, encoding, and what a file does not say itself, one for each setting of the table. */
import { Option, type Command } from 'commander'
import { readSettings, settingNames, type ReadSetting, type ReadSettings } from '#main/document/read-settings'
import type { SettingName } from '#main/document/read-settings'
import type { OlderEncoding } from '#main/text/encoding-fault'
import { encodingOption } from './read-text.ts'

export interface ReadOptions {
  readonly format?: string
  readonly encoding?: OlderEncoding
}

export function addReadOptions(command: Command): Command {
  command
    .option('--format <format>', 'format of the files (default: recognised by their content)')
    .addOption(encodingOption())
  for (const name of settingNames) command.addOption(settingOption(readSettings[name]))
  return command
}

function settingOption(setting: ReadSetting): Option {
  if (setting.kind === 'switch') return new Option(`--${setting.flag}`, setting.hint)
  const option = new Option(`--${setting.flag} <value>`, setting.hint)
  return setting.kind === 'choice' ? option.choices(Object.keys(setting.choices)) : option
}

export function readChoiceOf(options: ReadOptions): {
  format?: string
  encoding?: OlderEncoding
  settings: ReadSettings
} {
  const given = options as Readonly<Record<string, unknown>>
  const settings = settingNames.flatMap((name) => {
    const value = given[optionKey(readSettings[name].flag)]
    return value === undefined ? [] : [[name, value]]
  })
  return {
    ...(options.format === undefined ? {} : { format: options.format }),
    ...(options.encoding === undefined ? {} : { encoding: options.encoding }),
    settings: Object.fromEntries(settings) as ReadSettings, // of the kinds that the options took
  }
}

/** Name under which commander keeps a flag: sentencePerLine for --sentence-per-line. */
function optionKey(flag: string): string {
  return flag.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
}

/** Option to type for a setting that a report offers. */
export function typedSetting(name: SettingName): string {
  return `--${readSettings[name].flag}`
}
