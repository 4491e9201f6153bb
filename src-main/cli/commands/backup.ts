/** espalier backup: a copy of the whole workspace in a folder or a zip archive, while others work on it. */
import path from 'node:path'
import type { Command } from 'commander'
import type { BackupReport } from '#main/api/workspaces'
import { countOf } from '#main/text/numbers'
import { cancellable } from '../cancellable.ts'
import { withSession, type GlobalOptions } from '../session.ts'

export function addBackup(program: Command): Command {
  return program
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
}

function describe({ place, bytes, content, gone }: BackupReport): string {
  const { corpora, sentences, runs } = content
  const held = [countOf(corpora, 'corpus', 'corpora'), countOf(sentences, 'sentence'), countOf(runs, 'run')].join(', ')
  return [
    `Wrote ${place}: ${held}, the bin included; ${(bytes / 1e6).toFixed(1)} MB.`,
    ...gone.map((file) => `Removed meanwhile, and not in it: ${file}.`),
  ].join('\n')
}
