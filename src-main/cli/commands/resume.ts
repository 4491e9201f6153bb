/** espalier resume: goes on where runs stopped. */
import type { Command } from 'commander'
import { findRun } from '../find.ts'
import { followRuns } from '../follow-runs.ts'
import { withSession, type GlobalOptions } from '../session.ts'

interface Options extends GlobalOptions {
  readonly all?: true
}

export function addResume(program: Command): Command {
  return program
    .command('resume')
    .description('go on with runs that were stopped, from their last checkpoint')
    .argument('[run...]', 'id, its beginning, or a name such as "pmei seed 2"')
    .option('--all', 'every run that the end of the program interrupted, in the order they were made')
    .action((names: string[], { all, ...options }: Options, command: Command) => {
      if (all ? names.length > 0 : names.length === 0)
        command.error('error: name the runs, or give --all in their place.')
      return withSession(options, async (session) => {
        const { client, print } = session
        const found = []
        // the list has the latest first
        if (all) found.push(...(await client.runs.list()).filter(({ status }) => status === 'interrupted').reverse())
        for (const name of names) found.push(await findRun(client, name))
        if (found.length === 0) {
          print([], 'No run was interrupted.')
          return
        }
        const runs = []
        for (const { runId } of found) runs.push(await client.runs.resume({ runId }))
        await followRuns(session, runs)
      })
    })
}
