/** Lines as documents: each is a JSON object with a "text", of which every field is kept, or a plain text. */
import type { Json } from '#main/core/json'
import { readDoc } from '#main/corpora/formats/jsonl/doc'
import { textToDoc } from '#main/corpora/formats/plain-text/read'
import { isJsonObject, type JsonObject } from '#main/corpora/shared/fields'
import { parseJsonLine } from '#main/corpora/shared/json-text'
import { RecordError } from '#main/corpora/shared/problem-log'
import { createTextRules } from '#main/corpora/shared/text-rules'
import type { Doc } from '#main/document/doc'
import type { ReadSettings } from '#main/document/read-settings'
import type { Line } from './lines.ts'

export type LineKind = 'json' | 'text'

/** A document, or why there is none, with the fields that its line had. */
export interface LineDocument {
  /** "in.jsonl#12" where the line states none. */
  readonly id: Json
  readonly fields: JsonObject
  readonly doc: Doc | null
  readonly failure: string | null
}

/** Tells lines of JSON from lines of text by the first character of the first one. */
export function kindOf({ text }: Line): LineKind {
  return text?.trimStart().startsWith('{') ? 'json' : 'text'
}

/** The first line of Espalier's own files, which is no document. */
export const isHead = ({ number, text }: Line): boolean => number === 1 && (text?.startsWith('{"espalier":') ?? false)

/** Each line is read by itself, so that it does not matter which others a process gets. */
export function toLineDocument(line: Line, kind: LineKind, name: string, settings: ReadSettings): LineDocument {
  const place = `${name}#${line.number}`
  const failed = (reason: string): LineDocument => ({
    ...{ id: place, fields: {}, doc: null },
    failure: `line ${line.number}: ${reason}`,
  })
  if (line.text === null) return failed(line.failure ?? 'it could not be read')
  if (kind === 'text') {
    const doc = textToDoc(line.text, place, settings)
    return { id: place, fields: { text: line.text }, doc, failure: null }
  }
  try {
    const document = toDocument(parseJsonLine(line.text), place, settings)
    return document.failure === null ? document : { ...document, failure: `line ${line.number}: ${document.failure}` }
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    return failed(error.message)
  }
}

/** A JSON object with a "text" as a document, or why it is none. @param place its id where it states none. */
export function toDocument(record: Json, place: string, settings: ReadSettings): LineDocument {
  const fields = isJsonObject(record) ? record : {}
  const id = idOf(fields, place)
  try {
    return { id, fields, doc: docOf(fields, place, settings), failure: null }
  } catch (error) {
    if (!(error instanceof RecordError)) throw error
    return { id, fields, doc: null, failure: error.message }
  }
}

const idOf = ({ id }: JsonObject, place: string): Json => (id === undefined || id === null ? place : id)

/** Words and sentences are found, unless the line has words by their offsets, as Espalier's own files do. */
function docOf(fields: JsonObject, place: string, settings: ReadSettings): Doc {
  const { text, tokens, sentences } = fields
  if (text === undefined) throw new RecordError('expected a JSON object with a "text"')
  const own = tokens === undefined ? { text } : { text, tokens, ...(sentences === undefined ? {} : { sentences }) }
  const context = { usual: undefined, rulesFor: createTextRules(settings) }
  return readDoc(own, place, place, context, { note: () => undefined, change: () => undefined })
}
