/** espalier check: whether the workspace is sound, and what to do where it is not. */
import { Option, type Command } from 'commander'
import type { CheckReport } from '#main/api/workspaces'
import { repairNames, repairWords, type RepairName } from '#main/core/finding'
import { countOf } from '#main/text/numbers'
import { cancellable } from '../cancellable.ts'
import { withSession, type GlobalOptions, type Session } from '../session.ts'

interface Options extends GlobalOptions {
  readonly repair?: RepairName
}

export function addCheck(program: Command): Command {
  return program
    .command('check')
    .description('check the whole workspace while others work on it: database, counts, checkpoints, files nobody needs')
    .addOption(
      new Option('--repair <name>', `mend what was found, a copy of the database being kept first: ${named}`).choices(
        repairNames,
      ),
    )
    .action(({ repair, ...options }: Options) =>
      withSession(options, async (session) => {
        if (repair) return mend(session, repair)
        const report = await cancellable(session, (taskId) => session.client.workspaces.check({ taskId }))
        session.print(report, describe(report))
        if (report.findings.length > 0) process.exitCode = 1
      }),
    )
}

const named = repairNames.map((name) => `${name} ${repairWords[name]}`).join('; ')

async function mend(session: Session, repair: RepairName): Promise<void> {
  const done = await cancellable(session, (taskId) => session.client.workspaces.repair({ repair, taskId }))
  const { changed, backup, check } = done
  session.print(
    done,
    `Repaired ${repair}: ${changed} changed. The database of before is the backup ${backup.name}.\n${describe(check)}`,
  )
  if (check.findings.length > 0) process.exitCode = 1
}

function describe({ findings, files, databaseBytes }: CheckReport): string {
  const checked = `Checked the database (${(databaseBytes / 1e6).toFixed(1)} MB) and ${countOf(files, 'file')} of checkpoints and encoders.`
  if (findings.length === 0) return `${checked} Everything is as it should be.`
  return [checked, ...findings.map(({ what, advice }) => `\n${what}\n  ${advice}`)].join('\n')
}
