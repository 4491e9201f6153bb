/** References of the arguments of an import: paths that also a program beside this one can open. */
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { FileReference } from '#main/api/imports'
import type { CallInputs } from '#main/api/handlers'
import type { Split } from '#main/document/doc'
import { splitNamed } from '#main/document/split-named'
import { markWhole } from '#main/files/growing-source'
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
  return withSpooled(files, async (found, spooled) => {
    await spooled
    return use(
      found.map(({ writerId: _, ...file }, at) => {
        const named = splitNamed(path.basename(files[at] ?? ''))
        return { file, ...(split === undefined && named !== null ? { split: named } : {}) }
      }),
    )
  })
}

/** Lets `use` read the files; what comes through a pipe is read while it comes. */
export async function withStreamedFiles<Value>(
  files: readonly string[],
  use: (files: readonly PathReference[]) => Promise<Value>,
): Promise<Value> {
  return withSpooled(files, async (found, spooled) => {
    spooled.catch(() => undefined) // whoever reads notices that it does not go on
    return use(found)
  })
}

type PathReference = Extract<FileReference, { readonly path: string }>

async function withSpooled<Value>(
  files: readonly string[],
  use: (files: readonly PathReference[], spooled: Promise<unknown>) => Promise<Value>,
): Promise<Value> {
  const folders: string[] = []
  const left = new AbortController()
  try {
    const spools: Promise<void>[] = []
    const found: PathReference[] = []
    for (const file of files) {
      if (!isPiped(file)) {
        found.push({ path: path.resolve(file), name: file })
        continue
      }
      const folder = await mkdtemp(path.join(tmpdir(), 'espalier-import-'))
      folders.push(folder)
      const spooled = path.join(folder, 'input')
      spools.push((await spool(file, spooled, left.signal))())
      found.push({ path: spooled, name: 'stdin.txt', writerId: process.pid })
    }
    const all = Promise.all(spools)
    all.catch(() => undefined) // it is thrown to whoever waits for it
    return await use(found, all)
  } finally {
    left.abort()
    for (const folder of folders) await rm(folder, { recursive: true, force: true })
  }
}

/** True for an argument that names a pipe, which can be read once. */
export const isPiped = (file: string): boolean => file === '-' || ownDescriptor.test(file)

/** Begins to keep what comes in a file, which is there when this resolves; the result is settled when all has come. */
async function spool(file: string, spooled: string, signal: AbortSignal): Promise<() => Promise<void>> {
  await writeFile(spooled, '', { mode: privateFileMode })
  const from = file === '-' ? process.stdin : openPath(file).open()
  const coming = pipeline(from, createWriteStream(spooled), { signal }).then(() => markWhole(spooled))
  coming.catch(() => undefined) // it is thrown to whoever waits for it
  return () => coming
}
