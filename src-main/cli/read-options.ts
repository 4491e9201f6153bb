/** Options of commands that read files: format, encoding, and what a file does not say itself. */
import { Option, type Command } from 'commander'
import type { ReadSettings } from '#main/document/read-settings'
import type { OlderEncoding } from '#main/text/utf8'
import { encodingOption } from './read-text.ts'

export interface ReadOptions {
  readonly format?: string
  readonly encoding?: OlderEncoding
  readonly sentencePerLine?: boolean
  readonly repair?: 'accents'
}

export function addReadOptions(command: Command): Command {
  return command
    .option('--format <format>', 'format of the files (default: recognised by their content)')
    .addOption(encodingOption())
    .option('--sentence-per-line', 'plain text: each line is one sentence')
    .addOption(
      new Option('--repair <kind>', 'accents: find a string also where the text has no accents').choices(['accents']),
    )
}

export function readChoiceOf({ format, sentencePerLine, repair }: ReadOptions): {
  format?: string
  settings: ReadSettings
} {
  return {
    ...(format === undefined ? {} : { format }),
    settings: { sentencePerLine: sentencePerLine ?? false, foldAccents: repair === 'accents' },
  }
}

/** What to type for each setting that a report offers. */
export const settingOptions: Readonly<Record<keyof ReadSettings, string>> = {
  sentencePerLine: '--sentence-per-line',
  foldAccents: '--repair accents',
}
