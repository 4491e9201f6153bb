/** espalier card: prints a run with its settings, data and scores on one page, to keep beside a table of results. */
import { Option, type Command } from 'commander'
import { splits, type Split } from '#main/document/doc'
import type { StoredCalibration } from '#main/evaluation/run-calibration'
import { cardOfRun } from '#main/report/card-of-run'
import { findRun, runArgument } from '../find.ts'
import { withSession, type GlobalOptions } from '../session.ts'

interface Options extends GlobalOptions {
  readonly split: Split
}

export function addCard(program: Command): Command {
  return program
    .command('card')
    .description('print a run on one page: settings, data, scores, epochs')
    .argument('<run>', runArgument)
    .addOption(new Option('--split <split>', 'what to score on').choices(splits).default('test'))
    .action((name: string, { split, ...options }: Options) =>
      withSession(options, async ({ client, print }) => {
        const { runId } = await findRun(client, name)
        const { parts, text } = await cardOfRun(client, runId, split)
        const { calibration } = parts
        print(calibration ? { ...parts, calibration: withoutGuesses(calibration) } : parts, text)
      }),
    )
}

/** A calibration as it is printed: its guesses are thousands of numbers. */
function withoutGuesses({ guesses: _, ...told }: StoredCalibration): Omit<StoredCalibration, 'guesses'> {
  return told
}
