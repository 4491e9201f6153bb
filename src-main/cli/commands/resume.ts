/** espalier resume: continues runs that stopped, from their last checkpoint. */
import type { Command } from 'commander'
import { toAppError } from '#main/api/client-errors'
import { AppError } from '#main/core/errors'
import { findRun, runArgument } from '../find.ts'
import { followRuns } from '../follow-runs.ts'
import { withSession, type GlobalOptions, type Session } from '../session.ts'

interface Options extends GlobalOptions {
  readonly all?: true
}

const interruptedRuns = `A run is interrupted by Ctrl+C, when the program ended while the run was training or waiting, when its backend broke
down, or when its corpus was changed. --all leaves out runs that were cancelled, since somebody wanted that, and runs
that failed, since they would fail again; each of them can still be named. A run that cannot be resumed
is named with the reason, and the others go on.`

export function addResume(program: Command): Command {
  return program
    .command('resume')
    .description('continue runs that stopped, from their last checkpoint')
    .argument('[run...]', runArgument)
    .option('--all', 'every interrupted run, in the order they were made; see below')
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

/** Resumes every interrupted run. One that cannot be resumed does not hold up the others. @throws AppError at the end when there was one. */
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
      `${refused.length} of ${found.length} interrupted runs could not be resumed, for the reasons above.`,
    )
}
