/**
 * TextDecoding: bytes → text by one rule for every place that takes files. UTF-8, or UTF-16 where a byte order mark says so, and an
 * older encoding only when a person names it. Bytes that are not text are refused with their place. The mark is dropped.
 */
import { DecodingError, lookAround, type EncodingFault, type OlderEncoding } from './encoding-fault.ts'
import { singleByteText } from './single-byte.ts'
import { utf16Order, utf16Text, type ByteOrder } from './utf16.ts'
import { bytesOfSequence, findFault } from './utf8-fault.ts'

export interface TextDecoding {
  /** The text of the next piece of the file, as far as its characters are whole. @throws DecodingError */
  decode(piece: Uint8Array): string
  /** The text of the bytes that are left. @throws DecodingError when a character is cut off. */
  end(): string
}

/** How bytes become text: the bytes that hold whole characters, their text, and the length of the fault where they have none. */
interface Decoder {
  readonly encoding: EncodingFault['encoding']
  /** Number of bytes up to the end of the last character that is whole. */
  wholeLength(bytes: Uint8Array): number
  /** The text, or the offset and the length of what is none. */
  decode(bytes: Uint8Array): string | { readonly offset: number; readonly length: number }
}

/** Number of bytes around a fault that are kept to show it. */
const kept = 64

/** `older` is the encoding of the bytes; left out, they must be UTF-8, or UTF-16 with its mark. */
export function createTextDecoding(older?: OlderEncoding): TextDecoding {
  let decoder: Decoder | null = null
  /** Bytes that came and are not decoded: a mark or a character of which the rest is to come. */
  let rest: Uint8Array = new Uint8Array()
  /** The last bytes that were decoded. */
  let before: Uint8Array = new Uint8Array()
  let offset = 0
  let lines = 0
  let endsInReturn = false

  const countLines = (text: string): void => {
    lines += count(text, '\n') + countReturns(text) - (endsInReturn && text.startsWith('\n') ? 1 : 0)
    if (text !== '') endsInReturn = text.endsWith('\r')
  }

  function decodeWhole(bytes: Uint8Array, by: Decoder): string {
    const text = by.decode(bytes)
    if (typeof text !== 'string') {
      const sound = by.decode(bytes.subarray(0, text.offset))
      if (typeof sound === 'string') countLines(sound)
      const near = concat(before, bytes.subarray(0, text.offset + kept))
      const shown = lookAround(near, before.length + text.offset, text.length, by.encoding)
      throw new DecodingError({ encoding: by.encoding, offset: offset + text.offset, line: lines + 1, ...shown })
    }
    countLines(text)
    offset += bytes.length
    before = concat(before, bytes.subarray(-kept)).slice(-kept)
    return text
  }

  function next(piece: Uint8Array, isLast: boolean): string {
    const bytes = rest.length > 0 ? concat(rest, piece) : piece
    const isFirst = decoder === null
    if (isFirst && bytes.length < 3 && !isLast) {
      rest = bytes.slice()
      return ''
    }
    decoder ??= decoderOf(utf16Order(bytes), older)
    const length = isLast ? bytes.length : decoder.wholeLength(bytes)
    rest = bytes.slice(length)
    const text = decodeWhole(bytes.subarray(0, length), decoder)
    return isFirst ? text.replace(/^\uFEFF/, '') : text
  }

  return { decode: (piece) => next(piece, false), end: () => next(new Uint8Array(), true) }
}

function decoderOf(order: ByteOrder | null, older: OlderEncoding | undefined): Decoder {
  if (order) return utf16(order)
  return older === undefined ? utf8 : singleByte(older)
}

const utf8: Decoder = {
  encoding: 'utf-8',
  wholeLength(bytes) {
    for (let back = 1; back <= Math.min(3, bytes.length); back++) {
      const byte = bytes[bytes.length - back] ?? 0
      if (byte < 0x80) break
      if (byte < 0xc0) continue
      const length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4
      return back < length ? bytes.length - back : bytes.length
    }
    return bytes.length
  },
  decode(bytes) {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    } catch {
      const offset = findFault(bytes)
      return { offset, length: bytesOfSequence(bytes, offset) }
    }
  },
}

const utf16 = (order: ByteOrder): Decoder => ({
  encoding: 'utf-16',
  wholeLength(bytes) {
    const even = bytes.length - (bytes.length % 2)
    const high = bytes[even - (order === 'utf-16le' ? 1 : 2)] ?? 0
    return even >= 2 && (high & 0xfc) === 0xd8 ? even - 2 : even
  },
  decode(bytes) {
    const text = utf16Text(bytes, order)
    return typeof text === 'string' ? text : { offset: text.offset, length: 2 }
  },
})

const singleByte = (encoding: OlderEncoding): Decoder => ({
  encoding,
  wholeLength: (bytes) => bytes.length,
  decode(bytes) {
    const text = singleByteText(bytes, encoding)
    return typeof text === 'string' ? text : { offset: text.offset, length: 1 }
  },
})

function count(text: string, sign: string): number {
  let found = 0
  for (let at = text.indexOf(sign); at !== -1; at = text.indexOf(sign, at + 1)) found++
  return found
}

/** Counts the line ends of old Mac texts: carriage returns without a line feed behind them. */
function countReturns(text: string): number {
  return count(text, '\r') - count(text, '\r\n')
}

function concat(first: Uint8Array, second: Uint8Array): Uint8Array {
  const whole = new Uint8Array(first.length + second.length)
  whole.set(first)
  whole.set(second, first.length)
  return whole
}
