/** JsonElements: cuts a JSON array that comes in pieces into the texts of its elements, of which only one is held at a time. */
import { deepestJson } from './json-text.ts'
import { FileError } from './problem-log.ts'

export interface ElementText {
  readonly text: string
  /** Place of its first character in the file, from 1. */
  readonly line: number
  readonly column: number
}

/** Code units that an element may have, 64 million. */
const longest = 2 ** 26

const [quote, backslash, comma, newline] = [0x22, 0x5c, 0x2c, 0x0a]
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d]

export interface ElementCutter {
  /** The elements that the piece completes. @throws FileError with line and column where the text cannot be an array. */
  push(piece: string): ElementText[]
  /** @throws FileError when the array is not closed. */
  end(): void
}

export function createElementCutter(): ElementCutter {
  /** The signs that close what is open, the innermost last. */
  const open: number[] = []
  let isString = false
  let isEscaped = false
  let isClosed = false
  let line = 1
  /** Number of code units of the file before the piece, and before the current line. */
  let [passed, lineStart] = [0, 0]
  let parts: string[] = []
  let length = 0
  let begin: { readonly line: number; readonly column: number } | null = null
  let count = 0

  const place = (at: number): string => `line ${line}, column ${passed + at - lineStart + 1}`

  function push(piece: string): ElementText[] {
    const elements: ElementText[] = []
    let from = 0
    const take = (until: number): void => {
      if (begin) elements.push({ text: parts.join('') + piece.slice(from, until), ...begin })
      count++
      parts = []
      length = 0
      begin = null
    }
    for (let at = 0; at < piece.length; at++) {
      const code = piece.charCodeAt(at)
      if (isString) {
        if (isEscaped) isEscaped = false
        else if (code === backslash) isEscaped = true
        else if (code === quote) isString = false
        else if (code === newline) throw new FileError(`not valid JSON at ${place(at)}: a line ends within a string`)
        continue
      }
      if (code === newline) {
        line++
        lineStart = passed + at + 1
      }
      if (code === newline || code === 0x20 || code === 0x09 || code === 0x0d) continue
      if (isClosed) throw new FileError(`not valid JSON at ${place(at)}: something follows the end of the array`)
      if (open.length === 0) {
        if (code !== openBracket) throw new FileError(`not valid JSON at ${place(at)}: expected an array`)
        open.push(closeBracket)
        continue
      }
      if (open.length === 1 && (code === comma || code === closeBracket)) {
        if (begin === null && (code === comma || count > 0))
          throw new FileError(`not valid JSON at ${place(at)}: expected an element before "${piece.charAt(at)}"`)
        take(at)
        if (code === closeBracket) {
          isClosed = true
          open.pop()
        }
        continue
      }
      if (begin === null) {
        begin = { line, column: passed + at - lineStart + 1 }
        from = at
      }
      if (code === quote) isString = true
      else if (code === openBracket) open.push(closeBracket)
      else if (code === openBrace) open.push(closeBrace)
      else if (code === closeBracket || code === closeBrace) {
        const expected = open.length > 1 ? open.pop() : undefined
        if (expected !== code)
          throw new FileError(`not valid JSON at ${place(at)}: "${piece.charAt(at)}" does not close what is open`)
      }
      if (open.length > deepestJson)
        throw new FileError(`element ${count + 1} is nested more than ${deepestJson} deep (${place(at)})`)
    }
    if (begin) {
      parts.push(piece.slice(from))
      length += piece.length - from
      if (length > longest) throw new FileError(`element ${count + 1} is longer than ${longest} characters`)
    }
    passed += piece.length
    return elements
  }

  return {
    push,
    end() {
      if (!isClosed)
        throw new FileError(
          `not valid JSON at ${place(0)}: the file ends in the middle of element ${count + 1} of its array, so it is cut off`,
        )
    },
  }
}
