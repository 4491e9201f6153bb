/** espalier delete-workspace: a workspace and everything in it, for good. */
import path from 'node:path'
import { createInterface } from 'node:readline/promises'
import type { Command } from 'commander'
import { AppError } from '#main/core/errors'
import { defaultWorkspace } from '#main/services/system/workspace-folder'
import { eraseForGood, lookAtWorkspace } from '#main/services/workspaces/erase-workspace'
import { erasureFactsOf } from '#main/document/workspace-facts'
import type { GlobalOptions } from '../session.ts'

interface Options extends GlobalOptions {
  readonly name?: string
}

export function addDeleteWorkspace(program: Command): Command {
  return program
    .command('delete-workspace')
    .description('delete a workspace and everything in it for good, after its name was typed')
    .option('--name <name>', 'the name of its folder, for scripts; otherwise it is asked for')
    .action(async ({ name, workspace = defaultWorkspace(), json }: Options) => {
      const content = await lookAtWorkspace(path.resolve(workspace))
      process.stderr.write(
        erasureFactsOf(content)
          .map((fact) => `${fact}\n`)
          .join(''),
      )
      await eraseForGood(content.folder, name ?? (await askFor(content.name)))
      process.stdout.write(json ? `${JSON.stringify(content, null, 2)}\n` : `Deleted ${content.folder} for good.\n`)
    })
}

/** @throws AppError 'cancelled' where nobody can be asked. */
async function askFor(name: string): Promise<string> {
  if (!process.stdin.isTTY) throw new AppError('cancelled', `Nothing was changed. Add --name "${name}" to delete it.`)
  const reader = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return (await reader.question(`Type its name to delete it for good (${name}): `)).trim()
  } finally {
    reader.close()
  }
}
