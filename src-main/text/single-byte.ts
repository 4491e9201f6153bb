/** Encodings of one byte per character. TextDecoder has none of them as named: its "latin1" is Windows-1252. */

export type SingleByteEncoding = 'windows-1252' | 'latin1'

/** Characters of Windows-1252 from 0x80 to 0x9F, where Latin-1 has control characters; a space marks a byte without a character. */
const windows = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ'

/** Number of bytes decoded per call of `String.fromCharCode`; the number of arguments of a call is limited. */
const chunkSize = 8192

/** Decodes bytes; returns the text, or the offset of the first byte that has no character. */
export function singleByteText(bytes: Uint8Array, encoding: SingleByteEncoding): string | { readonly offset: number } {
  const codes = Uint16Array.from({ length: 256 }, (_, byte) => byte)
  if (encoding === 'windows-1252')
    for (let at = 0; at < windows.length; at++) codes[0x80 + at] = windows[at] === ' ' ? 0 : windows.charCodeAt(at)
  const parts: string[] = []
  for (let start = 0; start < bytes.length; start += chunkSize) {
    const units = Uint16Array.from(bytes.subarray(start, start + chunkSize), (byte) => codes[byte] ?? 0)
    const missing = units.findIndex((unit, at) => unit === 0 && bytes[start + at] !== 0)
    if (missing !== -1) return { offset: start + missing }
    parts.push(String.fromCharCode(...units))
  }
  return parts.join('')
}
