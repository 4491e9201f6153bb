/** What the arguments of an import refer to: paths that also a program beside this one can open. */
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { CallInputs } from '#main/api/handlers'
import type { Split } from '#main/document/doc'
import { splitNamed } from '#main/document/split-named'
import { openPath } from '#main/files/path-source'
import { privateFileMode } from '#main/files/private'

type ImportFiles = CallInputs['corpora']['import']['files']

/** Paths that are open files of this process alone. */
const ownDescriptor = /^\/(?:dev\/(?:stdin|fd\/\d+)|proc\/self\/fd\/\d+)$/

/**
 * Lets `use` import the files; what comes through a pipe is kept in a temporary file meanwhile.
 * @param split where sentences go of files whose name mentions no split; train when left out.
 */
export async function withImportFiles<Value>(
  files: readonly string[],
  split: Split | undefined,
  use: (files: ImportFiles) => Promise<Value>,
): Promise<Value> {
  const folders: string[] = []
  try {
    const found = []
    for (const file of files) {
      const spooled = isPiped(file) ? await spool(file, folders) : null
      const named = splitNamed(path.basename(file))
      found.push({
        file: spooled === null ? { path: path.resolve(file), name: file } : { path: spooled, name: 'stdin.txt' },
        ...(split === undefined && named !== null ? { split: named } : {}),
      })
    }
    return await use(found)
  } finally {
    for (const folder of folders) await rm(folder, { recursive: true, force: true })
  }
}

/** Whether it is what comes through a pipe, which can be read once. */
export const isPiped = (file: string): boolean => file === '-' || ownDescriptor.test(file)

async function spool(file: string, folders: string[]): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'espalier-import-'))
  folders.push(folder)
  const spooled = path.join(folder, 'input')
  const from = file === '-' ? process.stdin : openPath(file).open()
  await pipeline(from, createWriteStream(spooled, { mode: privateFileMode }))
  return spooled
}
