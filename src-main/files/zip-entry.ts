/** Entries of a zip archive: their names, and what makes one unreadable. */
import { Entry, getFileNameLowLevel, validateFileName } from 'yauzl'
import { AppError } from '#main/core/errors'

/** Compression methods that are read: none, and Deflate. */
const [stored, deflated] = [0, 8]

const methods: Readonly<Record<number, string>> = {
  ...{ 9: 'Deflate64', 12: 'bzip2', 14: 'LZMA', 93: 'zstd', 95: 'xz', 97: 'WavPack', 98: 'PPMd', 99: 'AES encryption' },
}

/** ZipEntry: the part of an entry by which it can be read later; the rest, most of its memory, is let go. */
export interface ZipEntry {
  /** Path inside the archive, with "/" between its folders. */
  readonly path: string
  readonly crc32: number
  /** Sizes in bytes. */
  readonly size: number
  readonly packedSize: number
  readonly isDeflated: boolean
  readonly entry: Entry
}

/** @throws AppError that names archive and member when it may not, or cannot, be read. */
export function toZipEntry(archive: string, found: Entry): ZipEntry {
  const path = nameOf(found)
  const name = `${archive}/${path}`
  const problem = validateFileName(path)
  if (problem !== null || path === '')
    throw new AppError(
      'invalid-input',
      `${archive} has a member called "${path}", which leads out of the archive or is no name. Make the archive again from its folder, or ask whoever made it.`,
    )
  if (found.isEncrypted())
    throw new AppError(
      'unsupported-format',
      `${name} is encrypted. Unpack the archive with its password, and name the folder.`,
    )
  const { compressionMethod: method } = found
  if (method !== stored && method !== deflated)
    throw new AppError(
      'unsupported-format',
      `${name} is compressed by ${methods[method] ?? `method ${method}`}, which is not read. Unpack the archive and name the folder, or make it again with Deflate, the usual method.`,
    )
  return {
    ...{ path, crc32: found.crc32, size: found.uncompressedSize, packedSize: found.compressedSize },
    ...{ isDeflated: method === deflated, entry: withoutNames(found) },
  }
}

export function isFolderEntry({ path }: ZipEntry): boolean {
  return path.endsWith('/')
}

/** An entry made under Unix can be a link: its content is a path, which nobody follows. */
export function isLinkEntry({ entry }: ZipEntry): boolean {
  const isUnix = entry.versionMadeBy >> 8 === 3
  return isUnix && ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000
}

/** macOS and others write names in UTF-8 without the flag that says so; only what is no UTF-8 is in the old code page. */
function nameOf({ fileNameRaw, generalPurposeBitFlag, extraFields }: Entry): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(fileNameRaw)
    return text.replaceAll('\\', '/') // as old programs under Windows wrote them
  } catch {
    return getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false)
  }
}

function withoutNames(found: Entry): Entry {
  const { compressedSize, uncompressedSize, compressionMethod, relativeOffsetOfLocalHeader } = found
  const { generalPurposeBitFlag, versionMadeBy, externalFileAttributes } = found
  return Object.assign(new Entry(), {
    ...{ compressedSize, uncompressedSize, compressionMethod, relativeOffsetOfLocalHeader },
    ...{ generalPurposeBitFlag, versionMadeBy, externalFileAttributes },
  })
}
