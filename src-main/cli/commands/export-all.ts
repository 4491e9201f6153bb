/** espalier export-all: every corpus, run and score of the workspace in files that other programs read. */
import path from 'node:path'
import type { Command } from 'commander'
import { countOf } from '#main/text/numbers'
import { cancellable } from '../cancellable.ts'
import { withSession, type GlobalOptions } from '../session.ts'

export function addExportAll(program: Command): Command {
  return program
    .command('export-all')
    .description(
      'write every corpus as JSON lines, and runs, scores and settings as JSON, into a new folder or .zip file',
    )
    .argument('<place>', 'folder that does not exist yet, or file that ends in .zip')
    .action((place: string, options: GlobalOptions) =>
      withSession(options, async (session) => {
        const choice = { place: path.resolve(place) }
        const report = await cancellable(session, (taskId) =>
          session.client.workspaces.exportAll({ ...choice, taskId }),
        )
        const held = [
          countOf(report.corpora, 'corpus', 'corpora'),
          countOf(report.sentences, 'sentence'),
          countOf(report.runs, 'run'),
        ]
        session.print(report, `Wrote ${report.place}: ${held.join(', ')}; ${(report.bytes / 1e6).toFixed(1)} MB.`)
      }),
    )
}
