/**
 * Decoding of files by one rule for every place that takes files: UTF-8, or UTF-16 where a byte order mark says so. Other bytes
 * are refused with the place of the fault, and decoded in an older encoding only when a person names it. The mark is dropped.
 */
import { singleByteText, type SingleByteEncoding } from './single-byte.ts'
import { utf16Order, utf16Text } from './utf16.ts'
import { bytesOfSequence, findFault } from './utf8-fault.ts'

/** Encodings that a person may name for files that are not UTF-8. */
export const olderEncodings = ['windows-1252', 'latin1'] as const satisfies readonly SingleByteEncoding[]
export type OlderEncoding = (typeof olderEncodings)[number]

export const encodingTitles: Readonly<Record<OlderEncoding, string>> = {
  'windows-1252': 'Windows-1252',
  latin1: 'Latin-1 (ISO 8859-1)',
}

/** The first place where bytes are not text. */
export interface EncodingFault {
  /** The encoding in which the bytes were decoded. */
  readonly encoding: 'utf-8' | 'utf-16' | OlderEncoding
  /** Number of bytes before the fault. */
  readonly offset: number
  /** Line of the fault, from 1. */
  readonly line: number
  /** The bytes that form no character, such as "EB" or "E2 82". */
  readonly hex: string
  /** The text around the fault as Windows-1252; null for a file that is UTF-16, binary, or no Windows-1252 either. */
  readonly guess: string | null
  /** Whether the file has zero bytes, which shows that it is binary, or UTF-16 without a mark. */
  readonly hasZeros: boolean
}

export type DecodedText = { readonly text: string } | { readonly fault: EncodingFault }

/** Decodes bytes; returns the text without its byte order mark, or the fault. `older` is the encoding of bytes that are not UTF-8. */
export function decodeText(bytes: Uint8Array, older?: OlderEncoding): DecodedText {
  const order = utf16Order(bytes)
  if (order) {
    const read = utf16Text(bytes, order)
    return typeof read === 'string' ? { text: read } : { fault: faultAt(bytes, 'utf-16', read.offset, 2) }
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch {
    if (older === undefined) {
      const offset = findFault(bytes)
      return { fault: faultAt(bytes, 'utf-8', offset, bytesOfSequence(bytes, offset)) }
    }
    const read = singleByteText(bytes, older)
    return typeof read === 'string' ? { text: read } : { fault: faultAt(bytes, older, read.offset, 1) }
  }
}

/** The text without a byte order mark at its beginning. */
export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

/** The fault in sentences: "notes.txt is not UTF-8: the byte at offset 11 (line 1) is EB." The caller adds what to do about it. */
export function describeFault(
  fileName: string,
  { encoding, offset, line, hex, guess, hasZeros }: EncodingFault,
): string {
  const place = `the ${hex.length > 2 ? 'bytes' : 'byte'} at offset ${offset} (line ${line}) ${hex.length > 2 ? 'are' : 'is'} ${hex}`
  if (encoding === 'utf-16') return `${fileName} begins as UTF-16 and is broken further on: ${place}.`
  if (hasZeros)
    return `${fileName} is not text: ${place}, and the file holds zero bytes, as pictures, archives and programs do.`
  if (encoding !== 'utf-8') return `${fileName} is neither UTF-8 nor ${encodingTitles[encoding]}: ${place}.`
  const reading = guess === null ? '' : ` As Windows-1252 the text there would be “${guess}”.`
  return `${fileName} is not UTF-8: ${place}.${reading}`
}

/** Whether a person can name another encoding for this file. */
export function canReadOtherwise({ encoding, hasZeros }: EncodingFault): boolean {
  return encoding === 'utf-8' && !hasZeros
}

/** Number of bytes shown on each side of a fault. */
const context = 12

function faultAt(
  bytes: Uint8Array,
  encoding: EncodingFault['encoding'],
  offset: number,
  length: number,
): EncodingFault {
  const hasZeros = bytes.includes(0)
  return {
    encoding,
    offset,
    line: lineAt(bytes, offset),
    hex: hexOf(bytes.subarray(offset, offset + length)),
    guess: encoding === 'utf-8' && !hasZeros ? guessAround(bytes, offset) : null,
    hasZeros,
  }
}

function guessAround(bytes: Uint8Array, offset: number): string | null {
  const [from, to] = [Math.max(0, offset - context), Math.min(bytes.length, offset + context)]
  const read = singleByteText(bytes.subarray(from, to), 'windows-1252')
  if (typeof read !== 'string') return null
  const shown = read.replaceAll(/[\s\p{Cc}]+/gu, ' ')
  return `${from > 0 ? '…' : ''}${shown}${to < bytes.length ? '…' : ''}`
}

/** Number of the line at an offset, from 1. Lines end with LF, CR LF or CR. */
function lineAt(bytes: Uint8Array, offset: number): number {
  const order = utf16Order(bytes)
  const before = bytes.subarray(0, offset)
  const codes = order ? Array.from(new TextDecoder(order).decode(before), (letter) => letter.charCodeAt(0)) : before
  let line = 1
  codes.forEach((code, at) => {
    if (code === 0x0a || (code === 0x0d && codes[at + 1] !== 0x0a)) line++
  })
  return line
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ')
}
