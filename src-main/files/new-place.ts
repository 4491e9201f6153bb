/** A new folder, or a new zip archive of one: it appears under its name when it is whole, and never before. */
import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, extname, join, resolve } from 'node:path'
import { AppError } from '#main/core/errors'
import { syncFolder } from './atomic.ts'
import { syncFile } from './hashed.ts'
import { removeLeftParts } from './left-parts.ts'
import { filesUnder, packFolder } from './pack-folder.ts'
import { pathBeside } from './part-file.ts'
import { privateFileMode, privateFolderMode } from './private.ts'
import { unwritable } from './unwritable.ts'

export interface NewPlaceOptions {
  readonly signal?: AbortSignal | undefined
  /** Called with the share of an archive that is packed, 0 to 1. */
  readonly onPacked?: ((share: number) => void) | undefined
}

export interface NewPlace<T> {
  /** Its whole path. */
  readonly place: string
  readonly filled: T
  /** Bytes of the files of the folder, or of the archive. */
  readonly bytes: number
}

/** A place whose name ends in .zip takes an archive, any other a folder. */
export function isZipPlace(place: string): boolean {
  return extname(place).toLowerCase() === '.zip'
}

/** @throws AppError when something is at the place already, or the folder above is missing or not a folder. */
export async function refuseTaken(place: string): Promise<void> {
  if (existsSync(place)) throw taken(place)
  const above = await stat(dirname(resolve(place))).catch((error: unknown) => Promise.reject(unwritable(place, error)))
  if (!above.isDirectory()) throw unwritable(place, Object.assign(new Error(), { code: 'ENOTDIR' }))
}

/**
 * Lets `fill` write into a private folder beside the place, then puts it there, or an archive of it.
 * @throws AppError as `refuseTaken` does; what `fill` throws; what the signal is aborted with.
 */
export async function writeNewPlace<T>(
  named: string,
  fill: (folder: string) => Promise<T>,
  options: NewPlaceOptions = {},
): Promise<NewPlace<T>> {
  const place = resolve(named)
  await refuseTaken(place)
  await removeLeftParts(place)
  const coming = pathBeside(place, 'part')
  await mkdir(coming, { mode: privateFolderMode }).catch((error: unknown) => Promise.reject(unwritable(place, error)))
  try {
    const filled = await fill(coming)
    options.signal?.throwIfAborted()
    const size = await sizeOf(coming)
    if (isZipPlace(place)) return { place, filled, bytes: await packInto(place, coming, size, options) }
    await publish(coming, place)
    return { place, filled, bytes: size }
  } finally {
    await rm(coming, { recursive: true, force: true })
  }
}

/** Bytes of an archive, or of the files in a folder. */
export async function sizeOfPlace(place: string): Promise<number> {
  return isZipPlace(place) ? (await stat(place)).size : sizeOf(place)
}

async function sizeOf(folder: string): Promise<number> {
  let bytes = 0
  for (const name of await filesUnder(folder)) bytes += (await stat(join(folder, name))).size
  return bytes
}

/** Resolves with the number of bytes of the archive, which is in its place then. */
async function packInto(
  place: string,
  folder: string,
  total: number,
  { signal, onPacked }: NewPlaceOptions,
): Promise<number> {
  const coming = pathBeside(place, 'part')
  let packed = 0
  const onPiece = (bytes: number): void => onPacked?.(Math.min((packed += bytes) / (total + 1), 1))
  try {
    await packFolder(folder, createWriteStream(coming, { mode: privateFileMode, flags: 'wx' }), { signal, onPiece })
    await syncFile(coming)
    const { size } = await stat(coming)
    await publish(coming, place)
    return size
  } catch (error) {
    await rm(coming, { force: true })
    throw signal?.aborted ? signal.reason : unwritable(place, error)
  }
}

async function publish(coming: string, place: string): Promise<void> {
  try {
    if (existsSync(place)) throw taken(place)
    await syncFolder(coming)
    await rename(coming, place)
    await syncFolder(dirname(place))
  } catch (error) {
    throw unwritable(place, error)
  }
}

function taken(place: string): AppError {
  return new AppError('conflict', `${place} is there already. Choose a new name: nothing is replaced.`)
}
