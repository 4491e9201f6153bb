/** What a person started the program with: a workspace, corpus files, an address of a sentence, or words for the command line. */
import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import { addressScheme } from '#main/api/address'
import { databaseName, openerEnding } from '#main/services/workspaces/opener-file'

export interface Opening {
  /** Absolute; null when none was named. */
  readonly workspace: string | null
  /** Absolute paths of corpus files. */
  readonly files: readonly string[]
  /** An address of ours, for example `espalier://sentence/12`. */
  readonly address: string | null
}

/** Words that follow `--cli`, before which switches of Chromium may stand; null when the desktop program is meant. */
export function commandLineWords(words: readonly string[]): readonly string[] | null {
  const at = words.findIndex((word) => word === '--cli' || !word.startsWith('-'))
  return words[at] === '--cli' ? words.slice(at + 1) : null
}

/**
 * The words of this program without its own name. A program that is not packaged is started as `electron FOLDER WORD...`.
 */
export function ownWords(argv: readonly string[], isPackaged: boolean): readonly string[] {
  return argv.slice(isPackaged ? 1 : 2)
}

/** Words that start with a dash belong to Chromium, but for `--workspace=`; paths are relative to `folder`. Paths that lead nowhere are left out. */
export function readOpening(words: readonly string[], folder: string): Opening {
  const opening = { workspace: null as string | null, files: [] as string[], address: null as string | null }
  for (const word of words) {
    const named = /^--workspace=(.+)$/s.exec(word)?.[1]
    if (named !== undefined) opening.workspace = path.resolve(folder, named)
    else if (word.startsWith(`${addressScheme}:`)) opening.address = word
    else if (!word.startsWith('-')) addPath(opening, path.resolve(folder, word))
  }
  return opening
}

function addPath(opening: { workspace: string | null; files: string[] }, named: string): void {
  const workspace = workspaceAt(named)
  if (workspace !== null) opening.workspace ??= workspace
  else if (existsSync(named) && statSync(named).isFile()) opening.files.push(named)
}

/** The workspace that a path means: its folder, its database, or the file in it that file managers open; null for another path. */
export function workspaceAt(named: string): string | null {
  if (path.basename(named) === databaseName || named.endsWith(openerEnding)) return path.dirname(named)
  return existsSync(path.join(named, databaseName)) ? named : null
}
