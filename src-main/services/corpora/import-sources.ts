/** Sources of an import: what a request refers to, under names that tell the files apart. */
import { statSync } from 'node:fs'
import type { FileReference } from '#main/api/imports'
import type { Source } from '#main/core/source'
import { splitNamed } from '#main/document/split-named'
import type { Split } from '#main/document/doc'
import { expand, expandFile, type Expanded } from '#main/files/expand'
import { isPattern } from '#main/files/glob'
import { growingSource } from '#main/files/growing-source'
import type { LeftOut } from '#main/files/left-out'
import { packingOf } from '#main/files/magic'
import type { Uploads } from '#main/files/uploads'
import { distinctNames } from '#main/text/distinct-names'

export interface ImportSource {
  readonly source: Source
  /** Split that was chosen for this file, or that the name of a file of a chosen folder or archive mentions. */
  readonly split: Split | undefined
  /** Was the file chosen by itself, not with its folder, a pattern or an archive? */
  readonly isNamed: boolean
}

export interface ImportSources {
  readonly sources: readonly ImportSource[]
  /** Files of folders and archives that are not read, by kind. */
  readonly leftOut: readonly LeftOut[]
}

interface RequestedFile {
  readonly file: FileReference
  readonly split?: Split | undefined
}

/** The uploads that an import refers to. */
export function uploadsOf(files: readonly RequestedFile[]): string[] {
  return files.flatMap(({ file }) => ('uploadId' in file ? [file.uploadId] : []))
}

/**
 * @param isWanted is asked about each file, with what a person named; all are wanted where it is left out.
 * @throws AppError naming the file that is missing or cannot be read.
 */
export async function openSources(
  files: readonly RequestedFile[],
  uploads: Uploads,
  signal: AbortSignal,
  isWanted: (named: string, name: string) => boolean = () => true,
): Promise<ImportSources> {
  const expandUpload = (uploadId: string): Promise<Expanded> => uploads.expand(uploadId, uploadsOf(files), signal)
  const opened: ImportSource[] = []
  const leftOut: LeftOut[] = []
  for (const { file, split } of files) {
    const found =
      'uploadId' in file ? toOpened(file.name, await expandUpload(file.uploadId)) : await openReference(file, signal)
    const isNamed = found.isNamed
    const folder = 'path' in file ? file.path : ''
    const named = 'path' in file ? file.path : file.name
    for (const source of found.sources.filter(({ name }) => isWanted(named, name)))
      opened.push({ source, isNamed, split: split ?? (isNamed ? undefined : splitWithin(folder, source.name)) })
    leftOut.push(...found.leftOut)
  }
  return { sources: opened, leftOut }
}

/** The split that a name mentions, with the folders within the chosen one and none of those above it. */
function splitWithin(folder: string, name: string): Split | undefined {
  const within = name.startsWith(folder) ? name.slice(folder.length) : name.replace(/^.*[\\/]/, '')
  return splitNamed(within) ?? undefined
}

type Opened = Expanded & Pick<ImportSource, 'isNamed'>

async function openReference(file: Exclude<FileReference, { uploadId: string }>, signal: AbortSignal): Promise<Opened> {
  if (file.writerId !== undefined) return openGrowing(file.path, file.name ?? file.path, file.writerId, signal)
  const found = statSync(file.path, { throwIfNoEntry: false })
  if (found ? found.isDirectory() : isPattern(file.path))
    return { ...(await expand([file.path], signal)), isNamed: false }
  return toOpened('', await expandFile(file.path, file.name ?? file.path, signal))
}

/** A pack or an archive is waited for: it is looked into, and read more than once. */
async function openGrowing(path: string, name: string, writerId: number, signal: AbortSignal): Promise<Opened> {
  const source = growingSource(path, name, writerId)
  if (packingOf(await source.head(signal)) === null) return { sources: [source], leftOut: [], isNamed: true }
  await source.whole(signal)
  return toOpened('', await expandFile(path, name, signal))
}

/** An upload whose name is a path was chosen with its folder. */
function toOpened(name: string, expanded: Expanded): Opened {
  return { ...expanded, isNamed: expanded.sources.length === 1 && !name.includes('/') }
}

/** Names of files that tell them apart, also from those in `taken`. */
export function nameApart(sources: readonly ImportSource[], taken?: ReadonlySet<string>): string[] {
  return distinctNames(
    sources.map(({ source }) => source.name),
    taken,
  )
}
