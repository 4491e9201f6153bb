/** The records of triple JSON: elements of an array, or one object a line. */
import type { Json } from '#main/core/json'
import { isJsonObject, unexpected } from '../../shared/fields.ts'
import { parseJson, parseJsonLine } from '../../shared/json-text.ts'
import { RecordError, type ProblemLog } from '../../shared/problem-log.ts'

export interface FoundRecord {
  /** Number of the element or line, from 1. */
  readonly number: number
  /** @throws RecordError when the line is not JSON. */
  value(): Json
}

/** None, with the reason logged, when the file is something else. */
export function readRecords(text: string, log: ProblemLog): readonly FoundRecord[] {
  try {
    if (text.trimStart().startsWith('{')) return recordsOfLines(text)
    const root = parseJson(text)
    if (!Array.isArray(root)) throw unexpected('the file', 'a JSON array of {"text", "triple_list"} records', root)
    const elements = root as readonly Json[] // Array.isArray widens to any
    refuseRelationMap(elements)
    return elements.map((element, index) => ({ number: index + 1, value: () => element }))
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    log.rejectFile(error.message)
    return []
  }
}

function recordsOfLines(text: string): FoundRecord[] {
  const whole = wholeObject(text)
  if (whole) return [{ number: 1, value: () => whole }]
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return []
    return { number: index + 1, value: () => parseJsonLine(line) }
  })
}

/** The one object that the whole text is, over however many lines. */
function wholeObject(text: string): Json | null {
  try {
    const value = JSON.parse(text) as Json // JSON.parse gives nothing else
    return isJsonObject(value) ? value : null
  } catch {
    return null
  }
}

function refuseRelationMap(elements: readonly Json[]): void {
  const isMap = (part: Json): boolean =>
    isJsonObject(part) &&
    !('text' in part) &&
    Object.values(part).every((value) => typeof value === 'string' || typeof value === 'number')
  if (elements.length > 0 && elements.length <= 2 && elements.every(isMap))
    throw new RecordError(
      'this is a map of relation names to numbers (rel2id.json), not a corpus; it is not needed, relation types are read from the triples',
    )
}
