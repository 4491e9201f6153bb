/** Encodings of one byte per character. TextDecoder has none of them as named: its "latin1" is Windows-1252. */

export type SingleByteEncoding = 'windows-1252' | 'latin1'

/** What Windows-1252 has where Latin-1 has control characters, 0x80 to 0x9F; a space where it has nothing. */
const windows = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ'

/** Bytes turned into text at a time: as many as a function call takes. */
const chunkSize = 8192

/** The text, or the first byte that has no character. */
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
