/** espalier resume: goes on where runs stopped. */
import type { Command } from 'commander'
import { toAppError } from '#main/api/client-errors'
import { AppError } from '#main/core/errors'
import { findRun } from '../find.ts'
import { followRuns } from '../follow-runs.ts'
import { withSession, type GlobalOptions, type Session } from '../session.ts'

interface Options extends GlobalOptions {
  readonly all?: true
}

const interruptedRuns = `A run is interrupted when the program ended while it ran or waited, when what computes broke down, or when its corpus
changed under it. --all leaves out runs that were cancelled, in the window or with Ctrl+C, since that was meant, and runs
that failed, since they would fail again; any of these can still be named. A run that cannot go on is told and passed over.`

export function addResume(program: Command): Command {
  return program
    .command('resume')
    .description('go on with runs that were stopped, from their last checkpoint')
    .argument('[run...]', 'id, its beginning, or a name such as "pmei seed 2"')
    .option('--all', 'every run that is interrupted, in the order they were made; which those are is explained below')
    .addHelpText('after', `\n${interruptedRuns}`)
    .action((names: string[], { all, ...options }: Options, command: Command) => {
      if (all ? names.length > 0 : names.length === 0)
        command.error('error: name the runs, or give --all in their place.')
      return withSession(options, async (session) => {
        const { client } = session
        if (all) return resumeAll(session)
        const found = []
        for (const name of names) found.push(await findRun(client, name))
        const runs = []
        for (const { runId } of found) runs.push(await client.runs.resume({ runId }))
        return followRuns(session, runs)
      })
    })
}

/** One that cannot go on holds up none of the others. @throws AppError at the end when there was one. */
async function resumeAll(session: Session): Promise<void> {
  const { client, progress, print } = session
  // the list has the latest first
  const found = (await client.runs.list()).filter(({ status }) => status === 'interrupted').reverse()
  if (found.length === 0) return print([], 'No run was interrupted.')
  const runs = []
  const refused = []
  for (const { runId, name } of found)
    try {
      runs.push(await client.runs.resume({ runId }))
    } catch (error) {
      refused.push(`${name}: ${toAppError(error).message}`)
    }
  for (const message of refused) progress.line(message)
  if (runs.length > 0) await followRuns(session, runs)
  if (refused.length > 0)
    throw new AppError(
      'conflict',
      `Of ${found.length} interrupted runs ${refused.length} could not go on, as said above.`,
    )
}
