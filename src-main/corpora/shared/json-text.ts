/** JSON text → value, with the place of the first mistake in the message. */
import type { Json } from '#main/core/json'
import { RecordError } from './problem-log.ts'

/** @throws RecordError "not valid JSON at line 3, column 17: Unexpected token '}'" */
export function parseJson(text: string): Json {
  const mistake = findMistake(text)
  if (!mistake) return JSON.parse(text) as Json // JSON.parse gives nothing else
  if (text.trim() === '') throw new RecordError('not valid JSON: it is empty')
  const position = mistake.position ?? bisectMistake(text)
  const before = text.slice(0, position).split('\n')
  throw new RecordError(
    `not valid JSON at line ${before.length}, column ${(before.at(-1) ?? '').length + 1}: ${mistake.reason}`,
  )
}

interface Mistake {
  readonly reason: string
  /** null when the engine does not say. */
  readonly position: number | null
}

function findMistake(text: string): Mistake | null {
  try {
    JSON.parse(text)
    return null
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    const reason = message.replace(/,? (?:\.{3})?"[^]*is not valid JSON$| in JSON at position[^]*$| of JSON input$/, '')
    const stated = /at position (\d+)/.exec(message)?.[1]
    if (stated !== undefined) return { reason, position: Number(stated) }
    return { reason, position: message.startsWith('Unexpected end') ? text.length : null }
  }
}

/** V8 leaves out the position of an unexpected token: it is where the longest prefix ends that is merely incomplete. */
function bisectMistake(text: string): number {
  let low = 0
  let high = text.length
  while (low < high) {
    const middle = (low + high + 1) >> 1
    const mistake = findMistake(text.slice(0, middle))
    if (mistake === null || (mistake.position ?? -1) >= middle) low = middle
    else high = middle - 1
  }
  return low
}
