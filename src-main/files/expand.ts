/** Expands the names that a person gives (files, folders, patterns, packs and archives) to the sources that they mean. */
import type { Stats } from 'node:fs'
import { realpath, stat } from 'node:fs/promises'
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import { AppError } from '#main/core/errors'
import type { Source } from '#main/core/source'
import { globFiles, isPattern } from './glob.ts'
import { createTally, isArchiveName, isDocumentName, nothingToRead, type Tally } from './left-out.ts'
import { magicBytes, packingOf } from './magic.ts'
import { unpacked } from './packed.ts'
import { openPath, pathSource } from './path-source.ts'
import { peek } from './peek.ts'
import { unreadable } from './unreadable.ts'
import { batch, walkFolder, type FoundFile } from './walk.ts'
import { openZip, type Expanded } from './zip.ts'

export type { Expanded } from './zip.ts'

/**
 * The sources of all that is named, each file once. Files of folders and patterns are looked at and not opened, zip
 * archives excepted; a file that is named by itself is opened to see whether it is an archive.
 * @throws AppError naming the path that does not exist, cannot be read, or holds nothing that is read.
 */
export async function expand(named: readonly string[], signal?: AbortSignal): Promise<Expanded> {
  const tally = createTally()
  const files: NamedFile[] = []
  for (const name of named) {
    const ownTally = createTally()
    const found = await filesOf(name, ownTally, signal)
    if (found.length === 0) throw nothingToRead(name, ownTally.list())
    tally.merge(ownTally.list())
    for (const file of found) files.push(file)
  }
  const sources: Source[] = []
  for (const [at, file] of withoutRepeats(files).entries()) {
    if (at % batch === 0) await yieldToEventLoop()
    const opened = file.isNamed ? await expandFile(file.path, file.name, signal) : await openFound(file, signal)
    for (const source of opened.sources) sources.push(source)
    tally.merge(opened.leftOut)
  }
  if (sources.length === 0) throw nothingToRead(named.join(', '), tally.list())
  return { sources, leftOut: tally.list() }
}

/**
 * The sources of one file that is named by itself: its own, or those of its members when it is a zip archive.
 * @param name what messages call it.
 * @throws AppError naming the file or the member that cannot be read.
 */
export async function expandFile(path: string, name = path, signal?: AbortSignal): Promise<Expanded> {
  const source = openPath(path, name)
  if (isDocumentName(name))
    throw new AppError(
      'unsupported-format',
      `${name} is an Office or PDF document. Save it as a text file in UTF-8, and name that.`,
    )
  // of a pipe nobody knows when its first byte comes
  return source.size === null ? { sources: [unpacked(source)], leftOut: [] } : expandSource(source, path, signal)
}

/** The sources of a regular file: its own, unpacked, or those of its members when it is a zip archive. */
export async function expandSource(source: Source, path: string, signal?: AbortSignal): Promise<Expanded> {
  if (!(await isZip(source, signal))) return { sources: [unpacked(source)], leftOut: [] }
  const expanded = await openZip(path, source.name, signal)
  if (expanded.sources.length === 0) throw nothingToRead(source.name, expanded.leftOut)
  return expanded
}

/** @throws AppError naming the first path where nothing is; a pattern is left to `expand`. */
export async function refuseMissing(named: readonly string[]): Promise<void> {
  for (const name of named)
    await stat(name).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT' || !isPattern(name)) throw unreadable(name, error)
    })
}

/** A file, and whether a person named it by itself rather than its folder or a pattern. */
interface NamedFile extends FoundFile {
  readonly isNamed?: true
}

async function filesOf(name: string, tally: Tally, signal?: AbortSignal): Promise<readonly NamedFile[]> {
  const found = await stat(name).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' && isPattern(name)) return null
    throw unreadable(name, error)
  })
  if (found === null) return globFiles(name, tally, signal)
  if (!found.isDirectory()) return [await namedFile(name, found)]
  const files: FoundFile[] = []
  for await (const file of walkFolder({ path: name, name }, { tally, walked: new Set(), signal })) files.push(file)
  return files
}

async function namedFile(path: string, found: Stats): Promise<NamedFile> {
  // a pipe has no path of its own
  const real = found.isFile() ? await realpath(path) : path
  return { path, name: path, real, isLink: false, size: found.size, isNamed: true }
}

/** Each file once: by the name that is no link where there is one, else by the first. */
function withoutRepeats(files: readonly NamedFile[]): readonly NamedFile[] {
  const chosen = new Map<string, NamedFile>()
  for (const file of files) {
    const known = chosen.get(file.real)
    if (!known || (known.isLink && !file.isLink)) chosen.set(file.real, file)
  }
  return files.filter((file) => chosen.get(file.real) === file)
}

async function openFound({ path, name, size }: FoundFile, signal?: AbortSignal): Promise<Expanded> {
  if (/\.zip$/i.test(name)) return openZip(path, name, signal)
  if (!isArchiveName(name)) return { sources: [unpacked(pathSource(path, name, size))], leftOut: [] }
  return { sources: [], leftOut: [{ kind: 'archives other than .zip', count: 1, names: [name] }] }
}

async function isZip(source: Source, signal?: AbortSignal): Promise<boolean> {
  const { head, close } = await peek(source.open(signal), magicBytes)
  await close()
  return packingOf(head) === 'zip'
}
