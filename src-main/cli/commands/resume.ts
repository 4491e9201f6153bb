/** espalier resume: goes on where a run stopped. */
import type { Command } from 'commander'
import { findRun } from '../find.ts'
import { followRuns } from '../follow-runs.ts'
import { withSession, type GlobalOptions } from '../session.ts'

export function addResume(program: Command): Command {
  return program
    .command('resume')
    .description('go on with runs that were stopped, from their last checkpoint')
    .argument('<run...>', 'id, its beginning, or a name such as "pmei seed 2"')
    .action((names: string[], options: GlobalOptions) =>
      withSession(options, async (session) => {
        const { client } = session
        const runs = []
        for (const name of names) runs.push(await client.runs.resume({ runId: (await findRun(client, name)).runId }))
        await followRuns(session, runs)
      }),
    )
}
