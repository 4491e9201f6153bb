/** Records of a JSON file: the elements of an array, or one object a line, or the one object that the file is. */
import { parseExactJson } from '#main/core/exact-json'
import type { Json } from '#main/core/json'
import type { TextInput } from '../text-input.ts'
import { isJsonObject } from './fields.ts'
import { createElementCutter, type ElementText } from './json-elements.ts'
import { parseJson, parseJsonLine, placeOfMistake } from './json-text.ts'
import { linesOf, type Line } from './lines.ts'
import { FileError, RecordError } from './problem-log.ts'

export interface JsonRecord {
  /** Number of the element or line, from 1. */
  readonly number: number
  /** @throws RecordError when the line is not JSON. */
  value(): Json
}

/**
 * The records in batches, whatever the layout.
 * @param expected what the records are, as in "a JSON array of {"text", "triple_list"} records".
 * @throws FileError when the text is not JSON as a whole: an array that breaks off, or something else than records.
 */
export async function* readJsonRecords(input: TextInput, expected: string): AsyncGenerator<readonly JsonRecord[]> {
  const { start, pieces } = await lookAhead(input.pieces())
  const first = start.trimStart().charAt(0)
  if (first === '[') yield* elementsOf(pieces)
  else if (first === '{' && !isOneObjectOverLines(start)) yield* recordsOfLines(linesOf(pieces))
  else if (first === '{') yield [{ number: 1, value: await onlyObject(pieces) }]
  else if (first === '') throw new FileError('not valid JSON: it is empty')
  else
    throw new FileError(
      `not valid JSON at its beginning: expected ${expected}, found ${JSON.stringify(start.trim().slice(0, 20))}`,
    )
}

/** The records of JSON lines; lines that hold nothing are passed over. */
export async function* recordsOfLines(batches: AsyncIterable<readonly Line[]>): AsyncGenerator<readonly JsonRecord[]> {
  for await (const lines of batches)
    yield lines.flatMap(({ number, text }) =>
      text.trim() === '' ? [] : [{ number, value: () => parseJsonLine(text) }],
    )
}

async function* elementsOf(pieces: AsyncIterable<string>): AsyncGenerator<readonly JsonRecord[]> {
  const cutter = createElementCutter()
  let number = 0
  for await (const piece of pieces)
    yield cutter.push(piece).map((element) => ({ number: ++number, value: () => parseElement(element) }))
  cutter.end()
}

function parseElement({ text, line, column }: ElementText): Json {
  try {
    return parseExactJson(text)
  } catch {
    const { reason, position } = placeOfMistake(text)
    const before = text.slice(0, position).split('\n')
    const at = before.length === 1 ? column + position : (before.at(-1) ?? '').length + 1
    throw new FileError(`not valid JSON at line ${line + before.length - 1}, column ${at}: ${reason}`)
  }
}

/** Code units looked at to see how a file of objects is laid out. */
const looked = 2 ** 20

/** The first pieces, as long as they hold no whole line, and all pieces with them. */
async function lookAhead(pieces: AsyncIterable<string>): Promise<{ start: string; pieces: AsyncIterable<string> }> {
  const iterator = pieces[Symbol.asyncIterator]()
  let start = ''
  let isDone = false
  while (!isDone && start.length < looked && !start.trimStart().includes('\n')) {
    const next = await iterator.next()
    isDone = next.done === true
    if (next.done !== true) start += next.value
  }
  async function* all(): AsyncGenerator<string> {
    try {
      if (start !== '') yield start
      if (isDone) return
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value
    } finally {
      await iterator.return?.()
    }
  }
  return { start, pieces: all() }
}

/** Does the first line begin an object that goes on, and not one of many, of which it holds a broken one? */
function isOneObjectOverLines(start: string): boolean {
  const [first = '', ...others] = start.trimStart().split('\n')
  if (others.every((line) => line.trim() === '')) return false
  const second = others.find((line) => line.trim() !== '') ?? ''
  return !isJson(first) && !second.trimStart().startsWith('{')
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

async function onlyObject(pieces: AsyncIterable<string>): Promise<() => Json> {
  const parts: string[] = []
  let length = 0
  for await (const piece of pieces) {
    parts.push(piece)
    length += piece.length
    if (length > longestObject) throw new FileError(`its one object is longer than ${longestObject} characters`)
  }
  const text = parts.join('')
  return () => {
    try {
      const value = parseJson(text)
      if (!isJsonObject(value)) throw new RecordError('not valid JSON: expected an object')
      return value
    } catch (error) {
      if (error instanceof RecordError) throw new FileError(error.message)
      throw error
    }
  }
}

const longestObject = 2 ** 27
