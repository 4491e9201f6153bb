/** Members of a zip archive as sources, checked while they are read: length, CRC-32, ratio of sizes. */
import { stat } from 'node:fs/promises'
import { posix } from 'node:path'
import { crc32, createInflateRaw } from 'node:zlib'
import { openPromise } from 'yauzl'
import type { Source } from '#main/core/source'
import { isBomb } from './bomb.ts'
import { decodedBytes, decodeFrames, TrailingBytes } from './decode-frames.ts'
import { bombError, damagedPack } from './pack-errors.ts'
import { unpacked } from './packed.ts'
import { isPlainName } from './plain-name.ts'
import { changedMeanwhile } from './unreadable.ts'
import { isLinkEntry, type ZipEntry } from './zip-entry.ts'
import { archiveDamaged, wrongMember } from './zip-errors.ts'

export interface Archive {
  readonly file: string
  readonly name: string
  /** By path; folders are left out. */
  readonly entries: ReadonlyMap<string, ZipEntry>
  /** Tells whether the file is still the one that was listed. */
  readonly version: string
}

/** A member of the archive, unpacked where it is a pack itself; what lies beside it is in the same folder of the archive. */
export function memberSource(archive: Archive, entry: ZipEntry): Source {
  return unpacked(rawMember(archive, entry))
}

/** A member of the archive as it was packed. */
export function rawMember(archive: Archive, entry: ZipEntry): Source {
  const { name, entries } = archive
  return {
    name: `${name}/${entry.path}`,
    size: entry.size,
    open: (signal) => readMember(archive, entry, signal),
    beside(other) {
      const found = isPlainName(other) ? entries.get(posix.join(posix.dirname(entry.path), other)) : undefined
      return found && !isLinkEntry(found) ? rawMember(archive, found) : null
    },
  }
}

async function* readMember(archive: Archive, entry: ZipEntry, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const name = `${archive.name}/${entry.path}`
  const advice = `"unzip -t ${archive.name}" tells whether it is whole.`
  let [size, sum, packed] = [0, 0, 0]
  const onPacked = (count: number): void => void (packed += count)
  try {
    for await (const piece of decodeMember(archive, entry, onPacked)) {
      signal?.throwIfAborted()
      size += piece.length
      sum = crc32(piece, sum)
      if (size > entry.size) throw wrongMember(name)
      if (isBomb(packed, size)) throw bombError(name)
      yield piece
    }
  } catch (error) {
    const isTooLong = error instanceof TrailingBytes
    throw isTooLong ? wrongMember(name) : archiveDamaged(name, damagedPack(name, error, advice))
  }
  if (size !== entry.size || sum !== entry.crc32) throw wrongMember(name)
}

/** The unpacked bytes of a member, unchecked. */
async function* decodeMember(
  { file, name, version }: Archive,
  { entry, isDeflated }: ZipEntry,
  onPacked: (count: number) => void,
): AsyncGenerator<Uint8Array> {
  if ((await versionOf(file)) !== version) throw changedMeanwhile(name)
  const zip = await openPromise(file, { autoClose: false })
  try {
    const bytes = await zip.openReadStreamPromise(entry, { decodeFileData: false })
    if (isDeflated)
      yield* decodeFrames(bytes as AsyncIterable<Uint8Array>, { create: createInflate, isMany: false, onPacked })
    else
      for await (const piece of bytes as AsyncIterable<Uint8Array>) {
        onPacked(piece.length)
        yield piece
      }
  } finally {
    zip.close()
  }
}

const createInflate = (): ReturnType<typeof createInflateRaw> => createInflateRaw({ chunkSize: decodedBytes })

/** Changes when another program writes to the file. */
export async function versionOf(file: string): Promise<string> {
  const { size, mtimeNs } = await stat(file, { bigint: true })
  return `${size} ${mtimeNs}`
}
