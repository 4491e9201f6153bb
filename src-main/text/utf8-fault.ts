/** Search for the first fault in UTF-8, by the table of well-formed sequences of the Unicode standard (3-7). */

/** Offset of the first byte that belongs to no well-formed sequence; the length when all do. */
export function findFault(bytes: Uint8Array): number {
  let at = 0
  while (at < bytes.length) {
    const length = expectedLength(bytes, at)
    if (length === 0 || bytesOfSequence(bytes, at) < length) return at
    at += length
  }
  return at
}

/** Number of bytes of the sequence at `at` that are well formed; 1 where the first byte begins no sequence. */
export function bytesOfSequence(bytes: Uint8Array, at: number): number {
  const length = expectedLength(bytes, at)
  let right = 1
  while (right < length && isContinuation(bytes, at, right)) right++
  return right
}

/** Length of the sequence that the byte at `at` begins; 0 where it begins none. */
function expectedLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? 0
  if (first < 0x80) return 1
  if (first < 0xc2) return 0
  if (first < 0xe0) return 2
  if (first < 0xf0) return 3
  return first < 0xf5 ? 4 : 0
}

/** Whether the byte may continue the sequence. The second byte has narrower limits, which exclude overlong sequences, surrogates and numbers beyond Unicode. */
function isContinuation(bytes: Uint8Array, at: number, index: number): boolean {
  const byte = bytes[at + index] ?? 0
  const [least, most] = index === 1 ? secondByte(bytes[at] ?? 0) : [0x80, 0xbf]
  return byte >= least && byte <= most
}

function secondByte(first: number): readonly [least: number, most: number] {
  switch (first) {
    case 0xe0:
      return [0xa0, 0xbf]
    case 0xed:
      return [0x80, 0x9f]
    case 0xf0:
      return [0x90, 0xbf]
    case 0xf4:
      return [0x80, 0x8f]
    default:
      return [0x80, 0xbf]
  }
}
