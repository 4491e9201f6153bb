/** EncodingFault: the first place where bytes are not text, and the sentence about it. */
import { singleByteText, type SingleByteEncoding } from './single-byte.ts'

/** Encodings that a person may name for files that are not UTF-8. */
export const olderEncodings = ['windows-1252', 'latin1'] as const satisfies readonly SingleByteEncoding[]
export type OlderEncoding = (typeof olderEncodings)[number]

export const encodingTitles: Readonly<Record<OlderEncoding, string>> = {
  'windows-1252': 'Windows-1252',
  latin1: 'Latin-1 (ISO 8859-1)',
}

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
  /** Whether zero bytes stand near, which shows that the file is binary, or UTF-16 without a mark. */
  readonly hasZeros: boolean
}

/** Thrown where bytes are not text. */
export class DecodingError extends Error {
  override name = 'DecodingError'
  readonly fault: EncodingFault

  constructor(fault: EncodingFault) {
    super(`the bytes at offset ${fault.offset} are not text`)
    this.fault = fault
  }
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
const shownAround = 12

/** What the bytes around a fault show; `at` counts from the first of `near`. */
export function lookAround(
  near: Uint8Array,
  at: number,
  length: number,
  encoding: EncodingFault['encoding'],
): Pick<EncodingFault, 'hex' | 'guess' | 'hasZeros'> {
  const hasZeros = near.includes(0)
  return {
    hex: hexOf(near.subarray(at, at + length)),
    guess: encoding === 'utf-8' && !hasZeros ? guessAround(near, at) : null,
    hasZeros,
  }
}

function guessAround(near: Uint8Array, at: number): string | null {
  const [from, to] = [Math.max(0, at - shownAround), Math.min(near.length, at + shownAround)]
  const read = singleByteText(near.subarray(from, to), 'windows-1252')
  if (typeof read !== 'string') return null
  const shown = read.replaceAll(/[\s\p{Cc}]+/gu, ' ')
  return `${from > 0 ? '…' : ''}${shown}${to < near.length ? '…' : ''}`
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ')
}
