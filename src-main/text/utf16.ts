/** UTF-16 with a byte order mark: decoding, and finding the first fault. */

export type ByteOrder = 'utf-16le' | 'utf-16be'

/** The byte order that the mark at the beginning states; null without a mark. */
export function utf16Order(bytes: Uint8Array): ByteOrder | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null
}

/** Decodes bytes; returns the text with its mark, or the offset of the first byte that belongs to no character. */
export function utf16Text(bytes: Uint8Array, order: ByteOrder): string | { readonly offset: number } {
  const offset = findLoneSurrogate(bytes, order) ?? (bytes.length % 2 === 1 ? bytes.length - 1 : null)
  return offset === null ? new TextDecoder(order, { ignoreBOM: true }).decode(bytes) : { offset }
}

/** Offset of the first half of a surrogate pair whose other half is missing. */
function findLoneSurrogate(bytes: Uint8Array, order: ByteOrder): number | null {
  const highByte = order === 'utf-16le' ? 1 : 0
  const kindAt = (at: number): number => (bytes[at + highByte] ?? 0) & 0xfc
  for (let at = 0; at + 1 < bytes.length; at += 2) {
    const kind = kindAt(at)
    if (kind === 0xdc) return at
    if (kind !== 0xd8) continue
    if (at + 3 >= bytes.length || kindAt(at + 2) !== 0xdc) return at
    at += 2
  }
  return null
}
