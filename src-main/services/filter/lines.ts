/** Lines of a stream of bytes as they come: each is text, or says why it is none. Memory holds one line at a time. */
import { countOf } from '#main/text/numbers'

export interface Line {
  /** From 1. */
  readonly number: number
  /** Null where the bytes are no text, or too many. */
  readonly text: string | null
  readonly failure: string | null
}

/** Bytes that a line may have, 16 MB: what is found in it is kept until the whole line is answered. */
export const longestLine = 2 ** 24

const lineFeed = 0x0a

/** Empty lines are passed over, and counted. */
export async function* linesOf(pieces: AsyncIterable<Uint8Array>, longest = longestLine): AsyncGenerator<Line> {
  let gathered: Uint8Array[] = []
  let length = 0
  let number = 0
  const add = (bytes: Uint8Array): void => {
    length += bytes.length
    if (length <= longest) gathered.push(bytes)
    else gathered = [] // the rest of it is passed over
  }
  const end = (): Line | null => {
    const line = toLine(++number, gathered, length, longest)
    gathered = []
    length = 0
    return line
  }
  for await (const piece of pieces) {
    let start = 0
    for (let at = piece.indexOf(lineFeed); at >= 0; at = piece.indexOf(lineFeed, start)) {
      add(piece.subarray(start, at))
      start = at + 1
      const line = end()
      if (line) yield line
    }
    if (start < piece.length) add(Uint8Array.from(piece.subarray(start))) // the stream may use its piece again
  }
  const line = length > 0 ? end() : null
  if (line) yield line
}

function toLine(number: number, parts: readonly Uint8Array[], length: number, longest: number): Line | null {
  if (length > longest) {
    const failure = `the line has ${countOf(length, 'byte')}, and ${countOf(longest, 'byte')} are read at most. Divide the text.`
    return { number, text: null, failure }
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts)).replace(/\r$/, '')
    return text.trim() === '' ? null : { number, text, failure: null }
  } catch {
    return { number, text: null, failure: 'the line is not UTF-8 text. Convert it: iconv -f WINDOWS-1252 -t UTF-8' }
  }
}
