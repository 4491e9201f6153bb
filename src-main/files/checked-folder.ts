/** A folder whose files are written with their SHA-256 and checked against it whenever they are read. */
import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '#main/core/errors'
import { readHashed, writeThrough } from './hashed.ts'
import { privateFileMode } from './private.ts'
import { pathSource } from './path-source.ts'
import { hashSource } from './save-source.ts'
import { formatSums, parseSums, sumsName, type Sums } from './sums.ts'

/** Bytes by file name. */
export type FolderBytes = Readonly<Record<string, Uint8Array>>

/** A file is not what was written. Who knows a way on replaces the message, which only says to restore a backup. */
export class DamagedFile extends AppError {
  override name = 'DamagedFile'
  /** "/runs/7/best/weights.safetensors does not have the SHA-256 …": to be followed by what that means. */
  readonly reason: string

  constructor(file: string, what: string) {
    super('storage', `${file} ${what}. Restore ${dirname(file)} from a backup.`)
    this.reason = `${file} ${what}`
  }
}

/** Writes the files and their sums into a folder that exists. @throws Error of the file system. */
export async function writeChecked(folder: string, files: FolderBytes): Promise<void> {
  const sums = new Map<string, string>()
  for (const [name, bytes] of Object.entries(files))
    sums.set(name, await writeThrough(join(folder, name), bytes, privateFileMode))
  await writeThrough(join(folder, sumsName), new TextEncoder().encode(formatSums(sums)), privateFileMode)
}

/**
 * Reads the files that are wanted, by name. A folder without sums, from before they were kept, is read unchecked; in one
 * with sums, files that they do not list are no part of it. @throws DamagedFile
 */
export async function readChecked(
  folder: string,
  wants: (name: string) => boolean = () => true,
): Promise<Record<string, Uint8Array>> {
  const present = (await readdir(folder)).filter((name) => name !== sumsName && !name.startsWith('.'))
  const sums = await readSums(folder)
  const lost = [...(sums?.keys() ?? [])].find((name) => !present.includes(name))
  if (lost !== undefined) throw new DamagedFile(join(folder, lost), `is missing, though ${sumsName} beside it lists it`)
  const files: Record<string, Uint8Array> = {}
  for (const name of present.filter(wants))
    if (!sums || sums.has(name)) files[name] = await readOne(join(folder, name), sums?.get(name))
  return files
}

/** Finds the damage in a folder, each as words that a full stop ends, and counts the files whose sum was compared. */
export async function checkFolder(
  folder: string,
  signal?: AbortSignal,
): Promise<{ readonly reasons: readonly string[]; readonly checked: number }> {
  const reasons: string[] = []
  let checked = 0
  const sums = await readSums(folder).catch((error: unknown) => {
    if (!(error instanceof DamagedFile)) throw error
    reasons.push(error.reason)
    return null
  })
  for (const [name, expected] of sums ?? []) {
    const file = join(folder, name)
    if (!existsSync(file)) {
      reasons.push(`${file} is missing, though ${sumsName} beside it lists it`)
      continue
    }
    const { sha256 } = await hashSource(pathSource(file, file, 0), { signal })
    checked++
    if (sha256 !== expected) reasons.push(`${file} is damaged: its SHA-256 is not the one in ${sumsName} beside it`)
  }
  return { reasons, checked }
}

async function readOne(file: string, expected: string | undefined): Promise<Uint8Array> {
  const { bytes, sha256 } = await readHashed(file)
  if (expected !== undefined && sha256 !== expected)
    throw new DamagedFile(file, `is damaged: its SHA-256 is not the one in ${sumsName} beside it`)
  return bytes
}

/** Null where there are none. */
async function readSums(folder: string): Promise<Sums | null> {
  const file = join(folder, sumsName)
  const read = await readHashed(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  try {
    return read && parseSums(new TextDecoder('utf-8', { fatal: true }).decode(read.bytes))
  } catch (error) {
    throw new DamagedFile(file, `is damaged: ${error instanceof Error ? error.message : String(error)}`)
  }
}
