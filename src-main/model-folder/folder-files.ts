/** Files of a model folder: written with their SHA-256, and read only when all are there and what they were. */
import { createReadStream } from 'node:fs'
import { mkdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { createHash } from 'node:crypto'
import { AppError } from '#main/core/errors'
import type { FolderBytes } from '#main/files/checked-folder'
import { readHashed, writeThrough } from '#main/files/hashed'
import { formatSums, parseSums, sumsName, type Sums } from '#main/files/sums'
import { factsName } from './model-facts.ts'

/** Files are made as the person's mask has it: a model is made to be given away. */
const usualMode = 0o666

/** What to do about a folder that is not what was written. */
const wayOut = 'Copy the folder again, or export the model anew.'

/** @param files by their paths in the folder, with `/`. @param others sums of files that are written already. */
export async function writeFiles(folder: string, files: FolderBytes, others: Sums = new Map()): Promise<void> {
  const sums = new Map(others)
  for (const [name, bytes] of Object.entries(files)) {
    const file = path.join(folder, ...name.split('/'))
    await mkdir(path.dirname(file), { recursive: true })
    sums.set(name, await writeThrough(file, bytes, usualMode))
  }
  await writeThrough(path.join(folder, sumsName), new TextEncoder().encode(formatSums(sums)), usualMode)
}

/** @throws AppError naming the file that is missing or damaged, or the folder where it is none of a model. */
export async function readSums(folder: string): Promise<Sums> {
  const found = await stat(folder).catch(() => null)
  if (!found)
    throw new AppError('not-found', `There is no folder ${folder}. Check the path, or export the model first.`)
  const file = path.join(folder, sumsName)
  const text = found.isDirectory() ? await readFile(file, 'utf8').catch(() => null) : null
  const hasFacts = found.isDirectory() && (await isThere(path.join(folder, factsName)))
  if (text === null && !hasFacts)
    throw new AppError(
      'invalid-input',
      `${folder} is not the folder of a model: it holds no ${factsName}. Name the folder that "espalier model export" wrote.`,
    )
  if (text === null) throw missing(file)
  try {
    return parseSums(text)
  } catch (error) {
    throw damaged(file, error instanceof Error ? error.message : String(error))
  }
}

/** The bytes of one file. @throws AppError naming it when it is missing or is not what was written. */
export async function readFileOf(folder: string, name: string, sums: Sums): Promise<Uint8Array> {
  const file = path.join(folder, ...name.split('/'))
  const expected = sums.get(name)
  if (expected === undefined)
    throw damaged(path.join(folder, sumsName), `it does not list ${name}, which every model has`)
  const read = await readHashed(file).catch((error: unknown) => Promise.reject(unreadable(file, error)))
  if (read.sha256 !== expected) throw changed(file)
  return read.bytes
}

/** Goes through a file piece by piece and compares its SHA-256 at the end. @throws AppError as `readFileOf` does. */
export async function* piecesOf(folder: string, name: string, sums: Sums): AsyncGenerator<Uint8Array> {
  const file = path.join(folder, ...name.split('/'))
  const hash = createHash('sha256')
  try {
    for await (const piece of createReadStream(file, { highWaterMark: 2 ** 20 }) as AsyncIterable<Uint8Array>) {
      hash.update(piece)
      yield piece
    }
  } catch (error) {
    throw unreadable(file, error)
  }
  if (hash.digest('hex') !== sums.get(name)) throw changed(file)
}

function unreadable(file: string, error: unknown): AppError {
  if (error instanceof AppError) return error
  const { code, message } = error as NodeJS.ErrnoException // whatever was thrown, message at most is missing
  return code === 'ENOENT'
    ? missing(file)
    : new AppError('storage', `${file} cannot be read (${message}). Check its permissions and the disk.`)
}

const missing = (file: string): AppError =>
  new AppError('storage', `${file} is missing, so the model is not whole. ${wayOut}`)

const changed = (file: string): AppError =>
  damaged(file, `its SHA-256 is not the one in ${sumsName}, so it is cut off or was changed`)

const damaged = (file: string, reason: string): AppError =>
  new AppError('storage', `${file} is damaged: ${reason}. ${wayOut}`)

async function isThere(file: string): Promise<boolean> {
  return (await stat(file).catch(() => null)) !== null
}
