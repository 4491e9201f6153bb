/** espalier restore-workspace: a backup as a workspace again. */
import type { Command } from 'commander'
import type { RestoreReport } from '#main/api/workspaces'
import { AppError } from '#main/core/errors'
import { defaultWorkspace } from '#main/services/system/workspace-folder'
import { restoreWorkspace } from '#main/services/workspaces/restore-workspace'
import { formatMoment } from '#main/text/moment'
import { countOf } from '#main/text/numbers'
import { createProgress } from '../progress.ts'
import type { GlobalOptions } from '../session.ts'

interface Options extends GlobalOptions {
  readonly replace?: true
}

export function addRestoreWorkspace(program: Command): Command {
  return program
    .command('restore-workspace')
    .description('restore a backup into a new or an empty workspace folder, every file checked first')
    .argument('<backup>', 'folder or .zip file that "backup" wrote')
    .option('--replace', 'put a workspace that is there aside; it is kept under another name')
    .action(async (backup: string, { workspace = defaultWorkspace(), replace, json }: Options) => {
      const report = await restore(backup, workspace, replace ?? false)
      process.stdout.write(json ? `${JSON.stringify(report, null, 2)}\n` : `${describe(report)}\n`)
    })
}

async function restore(from: string, into: string, replace: boolean): Promise<RestoreReport> {
  const progress = createProgress()
  const interrupt = new AbortController()
  const onInterrupt = (): void => interrupt.abort(new AppError('cancelled', 'Cancelled. Nothing was changed.'))
  process.once('SIGINT', onInterrupt)
  const task = { taskId: 'restore', kind: 'workspace', title: 'restore', secondsLeft: null, state: 'running' } as const
  const onProgress = (fraction: number, detail: string): void => progress.show({ ...task, fraction, detail })
  try {
    return await restoreWorkspace({ from, into, replace, nowMs: Date.now(), signal: interrupt.signal, onProgress })
  } finally {
    progress.clear()
    process.off('SIGINT', onInterrupt)
  }
}

function describe({ folder, kept, createdMs, content }: RestoreReport): string {
  const { corpora, sentences, runs } = content
  const held = [countOf(corpora, 'corpus', 'corpora'), countOf(sentences, 'sentence'), countOf(runs, 'run')].join(', ')
  return [
    `Restored ${folder} as it was ${formatMoment(createdMs)}: ${held}.`,
    ...(kept === null ? [] : [`What was there is kept in ${kept}.`]),
  ].join('\n')
}
