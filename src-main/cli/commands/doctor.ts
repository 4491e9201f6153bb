/** espalier doctor: says which backends this machine has, which one is used and why, and whether the database is sound. */
import { writeFile } from 'node:fs/promises'
import { unwritable } from '#main/files/unwritable'
import { confirm } from '../confirm.ts'
import type { Command } from 'commander'
import type { BackendReport } from '#main/runs/backend-report'
import type { DoctorReport } from '#main/api/system'
import { withSession, type GlobalOptions, type Session } from '../session.ts'
import { formatTable, type Cell } from '#main/text/aligned-table'

interface Options extends GlobalOptions {
  readonly measure?: boolean
  readonly report?: string
  readonly yes?: true
}

export function addDoctor(program: Command): Command {
  return program
    .command('doctor')
    .description('check backends, versions and the database; status 1 when the workspace has a fault')
    .option('--measure', 'measure again how fast each backend is here')
    .option('--report <file>', 'show what a bug report needs, without texts or names, and write it into a new file')
    .option('--yes', 'write it without asking')
    .action((options: Options) =>
      withSession(options, async ({ client, print, again }) => {
        if (options.report !== undefined) return writeReport(await client.system.report(), options.report, options.yes)
        const report = await (options.measure ? client.system.measure() : client.system.doctor())
        print(report, describe(report, again))
        if (report.workspace.findings.length > 0) process.exitCode = 1
      }),
    )
}

/** The whole report is shown before it is written. */
async function writeReport(text: string, file: string, isAgreed = false): Promise<void> {
  await confirm([text], `Write this to ${file}?`, isAgreed)
  await writeFile(file, text, { mode: 0o600, flag: 'wx' }).catch((error: unknown) => {
    throw unwritable(file, error)
  })
  process.stderr.write(`Wrote ${file}. Nothing was sent anywhere.\n`)
}

function describe(report: DoctorReport, again: Session['again']) {
  const { versions, backends, chosenBackend, measuredMs, remark, workspace } = report
  const rows = backends.map((backend) => toRow(backend, chosenBackend))
  return [
    ...Object.entries(versions).map(([name, version]) => `${name} ${version}`),
    '',
    formatTable(['backend', '', 'steps/s', 'of used', 'device, or why not'], rows),
    measuredMs === null
      ? 'Nothing was measured: there was nothing to choose between.'
      : `Measured ${new Date(measuredMs).toISOString()}. To measure again: ${again('doctor --measure')}`,
    ...(remark === null ? [] : [remark]),
    '',
    `workspace ${workspace.path}: schema ${workspace.schemaVersion}, integrity ${workspace.integrity === 'ok' ? 'ok' : 'damaged'}, ${workspace.sizeMb.toFixed(1)} MB, ${workspace.isPrivate ? 'private' : 'readable by other users of this machine'}`,
    ...workspace.findings.map(({ what, advice }) => `\n${what}\n  ${advice}`),
    ...(workspace.findings.length === 0 ? [] : ['', `All that can be checked, and repairs by name: ${again('check')}`]),
  ].join('\n')
}

function toRow({ name, isAvailable, reason, speed, passedOver }: BackendReport, chosen: string): Cell[] {
  const state = name === chosen ? 'used' : isAvailable ? 'available' : 'no'
  const why = isAvailable && passedOver !== null ? `${reason}: ${passedOver}` : reason
  return [name, state, speed?.stepsPerSecond.toPrecision(3) ?? '', speed?.ofChosen.toFixed(2) ?? '', why]
}
