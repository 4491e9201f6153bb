/** Members of a zip archive as sources: read from the archive itself, never unpacked to a path that it names. */
import { openPromise } from 'yauzl'
import type { Source } from '#main/core/source'
import { isBomb } from './bomb.ts'
import { createTally, isArchiveName, kindLeftOut, type LeftOut } from './left-out.ts'
import { bombError } from './pack-errors.ts'
import { isFolderEntry, isLinkEntry, toZipEntry, type ZipEntry } from './zip-entry.ts'
import { archiveDamaged, twiceInArchive } from './zip-errors.ts'
import { memberSource, rawMember, versionOf, type Archive } from './zip-member.ts'

export interface Expanded {
  readonly sources: readonly Source[]
  readonly leftOut: readonly LeftOut[]
}

/**
 * The members of the archive at `file`, in its order; `name` is what messages call it.
 * @throws AppError naming the archive or the member that is encrypted, leads out of it, or cannot be read.
 */
export async function openZip(file: string, name = file, signal?: AbortSignal): Promise<Expanded> {
  const archive = await listZip(file, name, signal)
  const tally = createTally()
  const members = [...archive.entries.values()].filter((entry) => {
    const kind = kindOfEntry(entry)
    if (kind !== null) tally.add(kind, `${name}/${entry.path}`)
    return kind === null
  })
  return { sources: members.map((entry) => memberSource(archive, entry)), leftOut: tally.list() }
}

/**
 * Every member of the archive by its path, whatever it is, its bytes as they were packed; links are left out.
 * @throws AppError as `openZip` does.
 */
export async function zipMembers(file: string, name = file): Promise<ReadonlyMap<string, Source>> {
  const archive = await listZip(file, name)
  const members = [...archive.entries.values()].filter((entry) => !isLinkEntry(entry))
  return new Map(members.map((entry) => [entry.path, rawMember(archive, entry)]))
}

async function listZip(file: string, name: string, signal?: AbortSignal): Promise<Archive> {
  const entries = new Map<string, ZipEntry>()
  let unpackedSize = 0
  try {
    const version = await versionOf(file)
    const zip = await openPromise(file, { decodeStrings: false })
    for await (const found of zip.eachEntry()) {
      signal?.throwIfAborted()
      const entry = toZipEntry(name, found)
      if (isFolderEntry(entry)) continue
      if (entries.has(entry.path)) throw twiceInArchive(name, entry.path)
      entries.set(entry.path, entry)
      unpackedSize += entry.size
    }
    if (isBomb(zip.fileSize, unpackedSize)) throw bombError(name)
    return { file, name, entries, version }
  } catch (error) {
    throw archiveDamaged(name, error)
  }
}

/** The kind of a member that is not read; null for one that is. */
function kindOfEntry(entry: ZipEntry): string | null {
  if (isLinkEntry(entry)) return 'links'
  const names = entry.path.split('/')
  const [kind] = names.flatMap((part) => kindLeftOut(part) ?? [])
  return kind ?? (isArchiveName(entry.path) ? 'archives inside an archive' : null)
}
