/** JSON text → value, with the place of the first mistake in the message. */
import { parseExactJson } from '#main/core/exact-json'
import type { Json } from '#main/core/json'
import { RecordError } from './problem-log.ts'

/** @throws RecordError "not valid JSON at line 3, column 17: Unexpected token '}'" */
export function parseJson(text: string): Json {
  return parse(text, (position) => {
    const before = text.slice(0, position).split('\n')
    return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`
  })
}

/** The value of one line of a file whose number the caller tells. @throws RecordError "not valid JSON at column 17: …" */
export function parseJsonLine(line: string): Json {
  return parse(line, (position) => `column ${position + 1}`)
}

/** Deeper arrays and objects are no corpus; whatever goes down into them would run out of stack. */
export const deepestJson = 1000

/** Place at which a text goes deeper than that; null when it does not. */
function placeTooDeep(text: string): number | null {
  if (text.length < 2 * deepestJson) return null
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    switch (text.charCodeAt(at)) {
      case 0x22: // a string: on to its end
        for (at++; at < text.length && text.charCodeAt(at) !== 0x22; at++) if (text.charCodeAt(at) === 0x5c) at++
        break
      case 0x5b:
      case 0x7b:
        if (++depth > deepestJson) return at
        break
      case 0x5d:
      case 0x7d:
        depth--
    }
  }
  return null
}

function parse(text: string, describePlace: (position: number) => string): Json {
  const deep = placeTooDeep(text)
  if (deep !== null) throw new RecordError(`it is nested more than ${deepestJson} deep (${describePlace(deep)})`)
  try {
    return parseExactJson(text)
  } catch {
    if (text.trim() === '') throw new RecordError('not valid JSON: it is empty')
    const { reason, position } = placeOfMistake(text)
    throw new RecordError(`not valid JSON at ${describePlace(position)}: ${reason}`)
  }
}

/** The first mistake in a text that is not JSON, and the number of code units before it. */
export function placeOfMistake(text: string): { readonly reason: string; readonly position: number } {
  try {
    JSON.parse(text)
  } catch (error) {
    const { reason, position } = readMistake(error, text)
    return { reason, position: position ?? bisectMistake(text) }
  }
  throw new RangeError('the text is JSON')
}

interface Mistake {
  readonly reason: string
  /** null when the engine does not say. */
  readonly position: number | null
}

function readMistake(error: unknown, text: string): Mistake {
  const message = error instanceof Error ? error.message : String(error)
  const reason = message.replace(/,? (?:\.{3})?"[^]*is not valid JSON$| in JSON at position[^]*$| of JSON input$/, '')
  const stated = /at position (\d+)/.exec(message)?.[1]
  if (stated !== undefined) return { reason, position: Number(stated) }
  return { reason, position: message.startsWith('Unexpected end') ? text.length : null }
}

/** V8 leaves out the position of an unexpected token: it is where the longest prefix ends that is merely incomplete. */
function bisectMistake(text: string): number {
  let low = 0
  let high = text.length
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (isMerelyIncomplete(text.slice(0, middle))) low = middle
    else high = middle - 1
  }
  return low
}

function isMerelyIncomplete(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch (error) {
    return (readMistake(error, text).position ?? -1) >= text.length
  }
}
