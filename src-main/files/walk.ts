/** Walks a folder: its files in natural order of their names, with those that are not read counted by kind. */
import type { Dirent, Stats } from 'node:fs'
import { opendir, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#main/core/errors'
import { kindLeftOut, type Tally } from './left-out.ts'
import { naturalKey } from './natural-order.ts'
import { unreadable } from './unreadable.ts'

/** A regular file that was found, and not opened. */
export interface FoundFile {
  readonly path: string
  /** Name of the place in messages. */
  readonly name: string
  /** Path of the place when every link is followed. */
  readonly real: string
  readonly isLink: boolean
  /** Number of bytes. */
  readonly size: number
}

interface Walk {
  readonly tally: Tally
  /** Real paths of the folders that were walked: links may lead in a circle. */
  readonly walked: Set<string>
  readonly signal: AbortSignal | undefined
}

interface Place {
  readonly path: string
  readonly name: string
}

/** Number of files that are looked at at once. */
export const batch = 256

/** @throws AppError naming the folder or file that cannot be read or went away meanwhile. */
export async function* walkFolder(place: Place, walk: Walk): AsyncGenerator<FoundFile> {
  const real = await realpath(place.path).catch((error: unknown) => Promise.reject(unreadable(place.name, error)))
  if (walk.walked.has(real)) return
  walk.walked.add(real)
  const entries = await listFolder(place, walk.tally)
  for (let at = 0; at < entries.length; at += batch) {
    walk.signal?.throwIfAborted()
    const looks = entries.slice(at, at + batch).map((entry) => lookAt(place, real, entry))
    for (const look of await Promise.all(looks)) {
      if (look.kind === 'folder') yield* walkFolder(look.place, walk)
      else if (look.kind === 'file') yield look.file
      else walk.tally.add(look.kind, look.place.name)
    }
  }
}

/** The entries of a folder that may be read, in natural order. */
async function listFolder({ path, name }: Place, tally: Tally): Promise<readonly Dirent[]> {
  const keyed: { readonly key: string; readonly entry: Dirent }[] = []
  try {
    // a few names at a time: the thread answers in between
    for await (const entry of await opendir(path, { bufferSize: batch })) {
      const kind = kindLeftOut(entry.name)
      if (kind === null) keyed.push({ key: naturalKey(entry.name), entry })
      else tally.add(kind, join(name, entry.name))
    }
  } catch (error) {
    throw unreadable(name, error)
  }
  return keyed.sort((one, other) => (one.key < other.key ? -1 : 1)).map(({ entry }) => entry)
}

type Look =
  | { readonly kind: 'file'; readonly file: FoundFile }
  | { readonly kind: 'folder' | 'links to nothing' | 'pipes, sockets and devices'; readonly place: Place }

async function lookAt(folder: Place, realFolder: string, entry: Dirent): Promise<Look> {
  const place = { path: join(folder.path, entry.name), name: join(folder.name, entry.name) }
  if (entry.isDirectory()) return { kind: 'folder', place }
  const isLink = entry.isSymbolicLink()
  if (!isLink && !entry.isFile()) return { kind: 'pipes, sockets and devices', place }
  const found = await statFound(place, folder, isLink)
  if (!found) return { kind: 'links to nothing', place }
  if (found.isDirectory()) return { kind: 'folder', place }
  if (!found.isFile()) return { kind: 'pipes, sockets and devices', place }
  const real = isLink ? await realpath(place.path) : join(realFolder, entry.name)
  return { kind: 'file', file: { ...place, real, isLink, size: found.size } }
}

/** Null for a link that leads nowhere. */
async function statFound({ path, name }: Place, folder: Place, isLink: boolean): Promise<Stats | null> {
  try {
    return await stat(path)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (isLink && (code === 'ENOENT' || code === 'ELOOP')) return null
    if (code !== 'ENOENT') throw unreadable(name, error)
    const reason = name.includes('\uFFFD')
      ? 'its name is not in UTF-8. Rename it'
      : `it went away while ${folder.name} was read. Wait until no other program changes the folder, and read it again`
    throw new AppError('not-found', `${name} cannot be read: ${reason}.`)
  }
}
