/** Which options of "extract" go with a workspace and which with the folder of a model, and what tells the two apart. */
import { statSync } from 'node:fs'
import { InvalidArgumentError, Option } from 'commander'
import { AppError } from '#main/core/errors'
import { parseShard, type Shard } from '#main/files/shard'
import type { FolderOptions } from './extract-folder.ts'
import { Misuse } from './misuse.ts'

interface WorkspaceOptions {
  readonly workspace?: string
  readonly corpus?: string
  readonly split?: string
}

export function shardOption(): Option {
  return new Option('--shard <i/N>', 'the i-th of N shares of the files, by their names: 2/8').argParser(
    (text): Shard => {
      const shard = parseShard(text)
      if (shard) return shard
      throw new InvalidArgumentError('Expected two numbers such as 2/8, the first no larger than the second.')
    },
  )
}

/** @throws AppError naming an option that only a workspace can serve. */
export function refuseWorkspaceOptions(name: string, options: WorkspaceOptions): void {
  const given = (['workspace', 'corpus', 'split'] as const).find((option) => options[option] !== undefined)
  if (given)
    throw new Misuse(
      `${name} is the folder of a model, which needs no workspace: leave --${given} out. A run of that name is named by its id.`,
    )
}

/** @throws AppError naming an option that only the folder of a model takes. */
export function refuseFolderOptions(name: string, options: FolderOptions): void {
  const own = { threads: '--threads', backend: '--backend', allowFailed: '--allow-failed' } as const
  const given = (['threads', 'backend', 'allowFailed'] as const).find((option) => options[option] !== undefined)
  if (given)
    throw new Misuse(
      `${own[given]} is for the folder of a model, and ${name} is none. Leave it out, or name a folder that "espalier model export" wrote.`,
    )
}

/** The error for a name that is no run; a folder of this name is none of a model, and whoever typed it may have meant one. */
export function whyNoModel(name: string, error: unknown): unknown {
  const isFolder = statSync(name, { throwIfNoEntry: false })?.isDirectory() ?? false
  if (!isFolder || !(error instanceof Error)) return error
  return new AppError(
    'not-found',
    `${error.message} ${name} is a folder, and not that of a model: those hold a model.json, which "espalier model export" writes.`,
  )
}
