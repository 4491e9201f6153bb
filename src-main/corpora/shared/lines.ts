/** Lines of a TextInput, in batches: a batch is what one piece of the file completes. */
import type { TextInput } from '../text-input.ts'
import { FileError } from './problem-log.ts'

export interface Line {
  /** Number in the file, from 1. */
  readonly number: number
  /** Text without its end, which is LF or CR LF. */
  readonly text: string
}

/** Code units that a line may have, 64 million. */
const longestLine = 2 ** 26

/** @throws FileError naming the line when one is too long to be read. */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<readonly Line[]> {
  let number = 0
  let begun: string[] = []
  let length = 0
  const toLine = (text: string): Line => ({ number: ++number, text: text.endsWith('\r') ? text.slice(0, -1) : text })
  for await (const piece of pieces) {
    const parts = piece.split('\n')
    const last = parts.pop() ?? ''
    const lines: Line[] = []
    for (const part of parts) {
      lines.push(toLine(begun.length > 0 ? begun.join('') + part : part))
      begun = []
      length = 0
    }
    if (last !== '') begun.push(last)
    length += last.length
    if (length > longestLine)
      throw new FileError(`line ${number + 1} is longer than ${longestLine} characters: expected one record a line`)
    if (lines.length > 0) yield lines
  }
  if (begun.length > 0) yield [toLine(begun.join(''))]
}

/** The lines of an input. A last line without an end is a line; what follows a last end is none. */
export function readLines(input: TextInput): AsyncGenerator<readonly Line[]> {
  return linesOf(input.pieces())
}
