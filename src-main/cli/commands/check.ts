/** espalier check: whether the workspace is sound, and what to do where it is not. */
import type { Command } from 'commander'
import type { CheckReport } from '#main/api/workspaces'
import { countOf } from '#main/text/numbers'
import { cancellable } from '../cancellable.ts'
import { withSession, type GlobalOptions } from '../session.ts'

export function addCheck(program: Command): Command {
  return program
    .command('check')
    .description('check the whole workspace while others work on it: database, counts, checkpoints, files nobody needs')
    .action((options: GlobalOptions) =>
      withSession(options, async (session) => {
        const report = await cancellable(session, (taskId) => session.client.workspaces.check({ taskId }))
        session.print(report, describe(report))
        if (report.findings.length > 0) process.exitCode = 1
      }),
    )
}

function describe({ findings, files, databaseBytes }: CheckReport): string {
  const checked = `Checked the database (${(databaseBytes / 1e6).toFixed(1)} MB) and ${countOf(files, 'file')} of checkpoints and encoders.`
  if (findings.length === 0) return `${checked} Everything is as it should be.`
  return [checked, ...findings.map(({ what, advice }) => `\n${what}\n  ${advice}`)].join('\n')
}
