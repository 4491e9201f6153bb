/** espalier doctor: says which backends this machine has, which one is used and why, and whether the database is sound. */
import type { Command } from 'commander'
import type { BackendReport } from '#main/runs/backend-report'
import type { DoctorReport } from '#main/api/system'
import { withSession, type GlobalOptions, type Session } from '../session.ts'
import { formatTable, type Cell } from '#main/text/aligned-table'

interface Options extends GlobalOptions {
  readonly measure?: boolean
}

export function addDoctor(program: Command): Command {
  return program
    .command('doctor')
    .description('check backends, versions and the database; status 1 when the workspace has a fault')
    .option('--measure', 'measure again how fast each backend is here')
    .action((options: Options) =>
      withSession(options, async ({ client, print, again }) => {
        const report = await (options.measure ? client.system.measure() : client.system.doctor())
        print(report, describe(report, again))
        if (report.workspace.findings.length > 0) process.exitCode = 1
      }),
    )
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
