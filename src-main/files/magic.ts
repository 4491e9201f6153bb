/** The first bytes by which packed files and archives are known, whatever they are called. */

export type Packing = 'gzip' | 'zstd' | 'zip' | 'tar' | 'bzip2' | 'xz' | '7z' | 'rar'

/** Number of first bytes that tell every kind. */
export const magicBytes = 512

const beginnings: readonly (readonly [Packing, readonly number[]])[] = [
  ['gzip', [0x1f, 0x8b, 0x08]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]], // an empty one
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['rar', [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
]

/** Offset at which the header of a tar archive names the format. */
const tarAt = 257

/** The packing of a file that begins with these bytes; null for one that is not packed. */
export function packingOf(head: Uint8Array): Packing | null {
  const begins = (bytes: readonly number[]): boolean => bytes.every((byte, at) => head[at] === byte)
  const found = beginnings.find(([, bytes]) => begins(bytes))
  if (found?.[0] === 'bzip2') return isBzip2(head) ? 'bzip2' : null
  return found?.[0] ?? (isTar(head) ? 'tar' : null)
}

/** "BZh" may begin a text; a block of bzip2 follows with the digits of pi. */
function isBzip2(head: Uint8Array): boolean {
  return [0x31, 0x41, 0x59, 0x26].every((byte, at) => head[4 + at] === byte)
}

function isTar(head: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(head.subarray(tarAt, tarAt + 5)) === 'ustar' && head.includes(0)
}
