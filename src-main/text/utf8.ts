/** Decodes bytes that are there at once, by the rule of `text-decoding.ts`. */
import { DecodingError, type EncodingFault, type OlderEncoding } from './encoding-fault.ts'
import { createTextDecoding } from './text-decoding.ts'

export type DecodedText = { readonly text: string } | { readonly fault: EncodingFault }

/** Decodes bytes; returns the text without its byte order mark, or the fault. `older` is the encoding of bytes that are not UTF-8. */
export function decodeText(bytes: Uint8Array, older?: OlderEncoding): DecodedText {
  const read = decodeAs(bytes)
  const isOlder = 'fault' in read && read.fault.encoding === 'utf-8' && older !== undefined
  return isOlder ? decodeAs(bytes, older) : read
}

/** The text without a byte order mark at its beginning. */
export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

function decodeAs(bytes: Uint8Array, older?: OlderEncoding): DecodedText {
  const decoding = createTextDecoding(older)
  try {
    return { text: decoding.decode(bytes) + decoding.end() }
  } catch (error) {
    if (error instanceof DecodingError) return { fault: error.fault }
    throw error
  }
}
