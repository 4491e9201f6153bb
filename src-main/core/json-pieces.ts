/** JSON of a large value in pieces, so that the whole text is never held. */
import { gatherText } from './gather-text.ts'

/** Number of values within a value up to which its JSON is made at once. */
const fewValues = 1000

/** Number of characters of its strings up to which that holds. */
const fewCharacters = 2 ** 16

/** The text that `JSON.stringify` makes of plain data. */
export function jsonPieces(value: unknown): Iterable<string> {
  return isSmall(value) ? [JSON.stringify(value)] : gatherText(partsOf(value))
}

function* partsOf(value: unknown): Generator<string> {
  if (isSmall(value)) yield JSON.stringify(value)
  else if (Array.isArray(value)) yield* listParts(value)
  else if (isNested(value)) yield* recordParts(value)
  else yield JSON.stringify(value)
}

function* listParts(list: readonly unknown[]): Generator<string> {
  let sign = '['
  for (const item of list) {
    yield sign
    yield* partsOf(item ?? null)
    sign = ','
  }
  yield list.length === 0 ? '[]' : ']'
}

function* recordParts(record: object): Generator<string> {
  let sign = '{'
  for (const [key, item] of Object.entries(record)) {
    if (item === undefined) continue
    yield `${sign}${JSON.stringify(key)}:`
    yield* partsOf(item)
    sign = ','
  }
  yield sign === '{' ? '{}' : '}'
}

/** Whether a value is made into text at once. The look at it ends where it is not. */
function isSmall(value: unknown): boolean {
  let [values, characters] = [0, 0]
  const isWithin = (one: unknown): boolean => {
    if (typeof one === 'string') characters += one.length
    if (++values > fewValues || characters > fewCharacters) return false
    if (Array.isArray(one)) return one.length <= fewValues && one.every(isWithin)
    if (!isNested(one)) return true
    for (const key in one) if (!isWithin((one as Readonly<Record<string, unknown>>)[key])) return false
    return true
  }
  return isWithin(value)
}

const isNested = (value: unknown): value is object => typeof value === 'object' && value !== null
