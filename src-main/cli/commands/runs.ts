/** espalier runs: lists the runs, renames one, or keeps a note on it. */
import type { Command } from 'commander'
import { findRun, runArgument } from '../find.ts'
import { formatRuns } from '../follow-runs.ts'
import { withSession, type GlobalOptions } from '../session.ts'

export function addRuns(program: Command): Command {
  const runs = program
    .command('runs')
    .description('list the runs, latest first; rename one, or write a note on it')
    .action((options: GlobalOptions) =>
      withSession(options, async ({ client, print }) => {
        const listed = await client.runs.list()
        print(listed, listed.length === 0 ? 'There is no run yet. "train" makes one.' : formatRuns(listed))
      }),
    )
  runs
    .command('rename')
    .description('give a run another name')
    .argument('<run>', runArgument)
    .argument('<name>', 'its new name')
    .exitOverride()
    .action((run: string, name: string, _: object, command: Command) =>
      withSession(command.optsWithGlobals<GlobalOptions>(), async ({ client, print }) => {
        const { runId, name: before } = await findRun(client, run)
        const renamed = await client.runs.rename({ runId, name })
        print(renamed, `${before} is called ${renamed.name} now.`)
      }),
    )
  runs
    .command('note')
    .description('write a note on a run, in place of the one that is there; without a text, print it')
    .argument('<run>', runArgument)
    .argument('[text]', 'the note; "" takes it away')
    .exitOverride()
    .action((run: string, text: string | undefined, _: object, command: Command) =>
      withSession(command.optsWithGlobals<GlobalOptions>(), async ({ client, print }) => {
        const found = await findRun(client, run)
        if (text === undefined) return print({ note: found.note }, found.note)
        const { note } = await client.runs.setNote({ runId: found.runId, note: text })
        print({ note }, note === '' ? `${found.name} has no note now.` : `The note of ${found.name} is kept.`)
      }),
    )
  return runs
}
