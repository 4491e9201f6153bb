/** espalier runs: what has been trained. */
import type { Command } from 'commander'
import { formatRuns } from '../follow-runs.ts'
import { withSession, type GlobalOptions } from '../session.ts'

export function addRuns(program: Command): Command {
  return program
    .command('runs')
    .description('list the runs, latest first')
    .action((options: GlobalOptions) =>
      withSession(options, async ({ client, print }) => {
        const runs = await client.runs.list()
        print(runs, runs.length === 0 ? 'There is no run yet. "train" makes one.' : formatRuns(runs))
      }),
    )
}
