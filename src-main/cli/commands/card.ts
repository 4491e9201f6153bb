/** espalier card: prints a run with its settings, data and scores on one page, to keep beside a table of results. */
import { Option, type Command } from 'commander'
import { formatRunCard } from '#main/comparison/run-card'
import { splits, type Split } from '#main/document/doc'
import type { StoredCalibration } from '#main/evaluation/run-calibration'
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
        const detail = await client.runs.get({ runId })
        const evaluation = await client.runs.evaluate({ runId, split })
        const calibration = await client.runs.calibration({ runId })
        const { versions } = await client.system.doctor()
        const { fromRunId } = detail.run
        const parent = (await client.runs.list()).find((run) => run.runId === fromRunId)
        const parts = { ...detail, parentName: parent?.name ?? null, split, evaluation, calibration, versions }
        print(calibration ? { ...parts, calibration: withoutGuesses(calibration) } : parts, formatRunCard(parts))
      }),
    )
}

/** A calibration as it is printed: its guesses are thousands of numbers. */
function withoutGuesses({ guesses: _, ...told }: StoredCalibration): Omit<StoredCalibration, 'guesses'> {
  return told
}
