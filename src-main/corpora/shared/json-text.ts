/** JSON text → value, with the place of the first mistake in the message. */
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

function parse(text: string, describePlace: (position: number) => string): Json {
  try {
    return JSON.parse(text) as Json // JSON.parse gives nothing else
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
