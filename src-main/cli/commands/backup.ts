/** espalier backup: a copy of the whole workspace while others work on it, and the copies that the program makes by itself. */
import path from 'node:path'
import type { Command } from 'commander'
import type { BackupReport } from '#main/api/workspaces'
import { reasonWords, type KeptBackup } from '#main/document/kept-backup'
import { defaultWorkspace } from '#main/services/system/workspace-folder'
import { describePutBack, keptBackupsIn, putBackAt } from '#main/services/workspaces/put-back'
import { formatTable } from '#main/text/aligned-table'
import { formatMoment } from '#main/text/moment'
import { countOf } from '#main/text/numbers'
import { cancellable } from '../cancellable.ts'
import { withSession, type GlobalOptions } from '../session.ts'

export function addBackup(program: Command): Command {
  const command = program
    .command('backup')
    .description('copy the whole workspace into a new folder or a .zip file, while others work on it')
    .argument('<place>', 'folder that does not exist yet, or file that ends in .zip')
    .action((place: string, options: GlobalOptions) =>
      withSession(options, async (session) => {
        const choice = { place: path.resolve(place) }
        const report = await cancellable(session, (taskId) => session.client.workspaces.backUp({ ...choice, taskId }))
        session.print(report, describe(report))
      }),
    )
  command
    .command('list')
    .description('list the backups of the database that the program makes by itself: daily, and before it changes much')
    .action((_: unknown, self: Command) => {
      const { workspace = defaultWorkspace(), json } = self.optsWithGlobals<GlobalOptions>()
      const listed = keptBackupsIn(workspace)
      print(listed, list(listed, workspace), json)
    })
  command
    .command('restore')
    .description('put one of them in place of the database, which is kept; the workspace must not be open')
    .argument('<name>', 'its name as "backup list" shows it, or "latest"')
    .action(async (name: string, _: unknown, self: Command) => {
      const { workspace = defaultWorkspace(), json } = self.optsWithGlobals<GlobalOptions>()
      const done = await putBackAt(workspace, name, Date.now())
      print(done, describePutBack(done), json)
    })
  return command
}

function print(value: unknown, text: string, isJson = false): void {
  process.stdout.write(isJson ? `${JSON.stringify(value, null, 2)}\n` : `${text}\n`)
}

function list(backups: readonly KeptBackup[], workspace: string): string {
  if (backups.length === 0) return `There is no backup in ${workspace} yet: one is made once a day while it is open.`
  const rows = backups.map(({ name, reason, createdMs, bytes, content, check }) => [
    ...[name, formatMoment(createdMs), reasonWords[reason], content.corpora, content.sentences, content.runs],
    ...[(bytes / 1e6).toFixed(1), check === null ? '' : check.findings === 0 ? 'sound' : 'damaged'],
  ])
  return formatTable(['name', 'made', 'why', 'corpora', 'sentences', 'runs', 'MB', 'checked'], rows)
}

function describe({ place, bytes, content, gone }: BackupReport): string {
  const { corpora, sentences, runs } = content
  const held = [countOf(corpora, 'corpus', 'corpora'), countOf(sentences, 'sentence'), countOf(runs, 'run')].join(', ')
  return [
    `Wrote ${place}: ${held}, the bin included; ${(bytes / 1e6).toFixed(1)} MB.`,
    ...gone.map((file) => `Removed meanwhile, and not in it: ${file}.`),
  ].join('\n')
}
