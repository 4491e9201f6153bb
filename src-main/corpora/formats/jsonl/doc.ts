/** One line of Espalier's JSON lines → a Doc; tokens and sentences are found where the line has none. */
import { createOffsetTable, type OffsetTable } from '#main/text/code-points'
import { splits, type Sentence, type Token } from '#main/document/doc'
import type { Json } from '#main/core/json'
import { splitSentences } from '#main/text/sentences'
import { tokenize } from '#main/text/words'
import {
  isJsonObject,
  isNumber,
  readArray,
  readId,
  readInteger,
  readObject,
  readOneOf,
  readString,
  unknownKeys,
  type JsonObject,
} from '../../shared/fields.ts'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { Splitting } from '#main/text/splitting'
import type { TextRules } from '../../shared/text-rules.ts'
import { readAnnotation } from './annotation.ts'
import { readLayers } from './layers.ts'
import type { ItemPlace, LineLog } from './items.ts'
import { readSplitting } from './splitting.ts'
import { RecordError } from '../../shared/problem-log.ts'

const knownKeys = ['id', 'split', 'splitting', 'text', 'tokens', 'sentences', 'layers', 'sourceExtra']

export interface SplitContext {
  /** Rules by which those docs of the file were split that have words and name no rules themselves. */
  readonly usual: Splitting | undefined
  /** Rules for a text without words. */
  readonly rulesFor: (text: string) => TextRules
}

/** @throws RecordError naming the field that is not as expected. */
export function readDoc(
  line: JsonObject,
  defaultId: string,
  fileName: string,
  { usual, rulesFor }: SplitContext,
  log: LineLog,
): AnnotatedDoc {
  const text = readString(line['text'], 'text')
  const table = createOffsetTable(text)
  const hasTokens = line['tokens'] !== undefined
  const rules = hasTokens && line['sentences'] !== undefined ? null : rulesFor(text)
  const tokens = hasTokens ? readTokens(line['tokens'] ?? null, table.length) : tokenize(text, rules?.words)
  const sentences =
    line['sentences'] === undefined
      ? splitSentences(text, tokens, rules?.words.language)
      : readSentences(line['sentences'], tokens)
  const stated = line['splitting'] === undefined ? usual : readSplitting(line['splitting'])
  const splitting = hasTokens ? stated : rules?.splitting
  const annotations = sentences.map(({ start, end }, index) => {
    const field = `sentences[${index}]`
    const source =
      line['sentences'] === undefined ? {} : readObject(readArray(line['sentences'], 'sentences')[index], field)
    const own = tokens.slice(start, end)
    return readAnnotation(source, field, placeOf(table, own, fileName, log))
  })
  const layers = readLayers(line['layers'], sentences.length, (source, field, index) => {
    const { start = 0, end = 0 } = sentences[index] ?? {}
    return readAnnotation(source, field, placeOf(table, tokens.slice(start, end), fileName, log))
  })
  const extra = unknownKeys(line, knownKeys)
  if (extra) log.note(`further keys are kept under "sourceExtra": ${Object.keys(extra).join(', ')}`)
  const sourceExtra = joinExtra(line['sourceExtra'], extra)
  return {
    id: readDocId(line['id'], defaultId, log),
    ...(line['split'] !== undefined && { split: readOneOf(line['split'], 'split', splits) }),
    text,
    tokens,
    sentences,
    annotations,
    ...(splitting && { splitting }),
    ...(layers.length > 0 && { layers }),
    ...(sourceExtra !== undefined && { sourceExtra }),
  }
}

/** The id may be empty, and a number. */
function readDocId(value: Json | undefined, defaultId: string, { change }: LineLog): string {
  if (value === undefined) return defaultId
  if (!isNumber(value)) return readString(value, 'id')
  change('numbers')
  return readId(value, 'id')
}

function placeOf(table: OffsetTable, tokens: readonly Token[], fileName: string, log: LineLog): ItemPlace {
  const textStart = tokens[0]?.start ?? 0
  const text = () => ({
    words: tokens.map(({ start, end }) => table.slice(start, end)),
    tokens: tokens.map(({ start, end }) => ({ start: start - textStart, end: end - textStart })),
  })
  return { length: tokens.length, textStart, text, log, fallback: { origin: 'import', author: fileName } }
}

function joinExtra(stated: Json | undefined, further: JsonObject | undefined): Json | undefined {
  if (stated === undefined || further === undefined) return stated ?? further
  return isJsonObject(stated) ? { ...further, ...stated } : { ...further, sourceExtra: stated }
}

function readTokens(value: Json, length: number): Token[] {
  let border = 0
  return readArray(value, 'tokens').map((item, index) => {
    const field = `tokens[${index}]`
    const [first, last, ...rest] = readArray(item, field)
    const { start, end } = readRange([first ?? null, last ?? null], field, border, length)
    if (rest.length > 1) throw new RecordError(`${field}: expected [start, end] or [start, end, part of speech]`)
    if (start === end) throw new RecordError(`tokens[${index}]: expected at least one character, found none`)
    border = end
    return { start, end, ...(rest.length > 0 && { pos: readString(rest[0], `${field}[2]`) }) }
  })
}

function readSentences(value: Json | undefined, tokens: readonly Token[]): Sentence[] {
  let border = 0
  return readArray(value, 'sentences').map((item, index) => {
    const field = `sentences[${index}].tokens`
    const range = readRange(readObject(item, `sentences[${index}]`)['tokens'], field, border, tokens.length)
    border = range.end
    return range
  })
}

/** A half-open range [start, end] that begins at `min` or later and ends at `max` or earlier. */
function readRange(value: Json | undefined, field: string, min: number, max: number): { start: number; end: number } {
  const pair = readArray(value, field)
  if (pair.length !== 2) throw new RecordError(`${field}: expected [start, end], found an array of ${pair.length}`)
  const start = readInteger(pair[0], `${field}[0]`, min, max)
  return { start, end: readInteger(pair[1], `${field}[1]`, start, max) }
}
