/** espalier doctor: what this machine has, what is used and why the rest is not, and whether the database is sound. */
import type { Command } from 'commander'
import type { DoctorReport } from '#main/api/views'
import { withSession, type GlobalOptions } from '../session.ts'

export function addDoctor(program: Command): Command {
  return program
    .command('doctor')
    .description('check backends, versions and the database')
    .action((options: GlobalOptions) =>
      withSession(options, async ({ client, print }) => {
        const report = await client.system.doctor()
        print(report, describe(report))
      }),
    )
}

function describe({ versions, backends, chosenBackend, workspace }: DoctorReport): string {
  return [
    ...Object.entries(versions).map(([name, version]) => `${name} ${version}`),
    '',
    ...backends.map(
      ({ name, isAvailable, reason }) =>
        `${isAvailable ? 'yes' : 'no '}  ${name}${name === chosenBackend ? ' (used)' : ''}: ${reason}`,
    ),
    '',
    `workspace ${workspace.path}: schema ${workspace.schemaVersion}, integrity ${workspace.integrity}, ${workspace.sizeMb.toFixed(1)} MB`,
  ].join('\n')
}
