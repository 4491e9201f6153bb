/** Sources of an import: what a request refers to, under names that tell the files apart. */
import { statSync } from 'node:fs'
import type { FileReference } from '#main/api/corpora'
import { AppError } from '#main/core/errors'
import type { Source } from '#main/core/source'
import { splitNamed } from '#main/document/split-named'
import type { Split } from '#main/document/doc'
import { expand, expandFile, type Expanded } from '#main/files/expand'
import { isPattern } from '#main/files/glob'
import type { LeftOut } from '#main/files/left-out'
import { memorySource } from '#main/files/memory-source'
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
  /** What of folders and archives is not read, by kind. */
  readonly leftOut: readonly LeftOut[]
}

interface RequestedFile {
  readonly file: FileReference
  readonly split?: Split | undefined
}

/** @throws AppError naming the file that is missing or cannot be read. */
export async function openSources(files: readonly RequestedFile[], signal: AbortSignal): Promise<ImportSources> {
  const opened: ImportSource[] = []
  const leftOut: LeftOut[] = []
  for (const { file, split } of files) {
    const found = await openReference(file, signal)
    const isNamed = found.isNamed
    for (const source of found.sources)
      opened.push({ source, isNamed, split: split ?? (isNamed ? undefined : (splitNamed(source.name) ?? undefined)) })
    leftOut.push(...found.leftOut)
  }
  return { sources: opened, leftOut }
}

async function openReference(file: FileReference, signal: AbortSignal): Promise<Expanded & { isNamed: boolean }> {
  if ('text' in file) return { sources: [memorySource(file.name, file.text)], leftOut: [], isNamed: true }
  if ('uploadId' in file)
    throw new AppError('not-found', `There is no upload ${file.uploadId} of ${file.name}. Choose the file again.`)
  const found = statSync(file.path, { throwIfNoEntry: false })
  if (found ? found.isDirectory() : isPattern(file.path))
    return { ...(await expand([file.path], signal)), isNamed: false }
  const members = await expandFile(file.path, file.name ?? file.path, signal)
  return { ...members, isNamed: members.sources.length === 1 }
}

/** Names of files that tell them apart, also from those in `taken`. */
export function nameApart(sources: readonly ImportSource[], taken?: ReadonlySet<string>): string[] {
  return distinctNames(
    sources.map(({ source }) => source.name),
    taken,
  )
}
