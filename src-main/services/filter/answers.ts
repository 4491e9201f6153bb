/** Answers of the filter: what came in, and what was found in it, in the order in which it came. */
import type { Json } from '#main/core/json'
import { jsonPieces } from '#main/core/json-pieces'
import type { JsonObject } from '#main/corpora/shared/fields'
import type { Doc } from '#main/document/doc'
import type { ExtractedDocument } from '#main/document/extracted-document'
import { readDocs, type Reader } from '../extraction/read-docs.ts'

export interface Asked {
  readonly id: Json
  readonly fields: JsonObject
  readonly doc: Doc | null
  readonly failure: string | null
}

export interface Answer {
  readonly asked: Asked
  readonly document: ExtractedDocument
}

/** Answers to a group of documents, which are predicted together. */
export async function answersTo(reader: Reader, group: readonly Asked[], signal?: AbortSignal): Promise<Answer[]> {
  const docs = group.flatMap(({ doc }) => doc ?? [])
  const read = (await readDocs(reader, docs, { signal })).values()
  return group.map((asked): Answer => {
    const found = asked.doc ? read.next().value : undefined
    const failed = { document: nameOf(asked), runId: reader.run.runId, sentences: [], failure: asked.failure }
    return { asked, document: found ? { ...found, document: nameOf(asked) } : failed }
  })
}

const nameOf = ({ id }: Asked): string => (typeof id === 'string' ? id : JSON.stringify(id))

/** An answer as JSON, in pieces: the fields that came in, what was found, or why nothing could be. */
export function jsonOf({ asked, document }: Answer): Iterable<string> {
  const { sentences: _former, error: _before, notes: _old, id: _id, ...fields } = asked.fields
  const { sentences, notes, failure } = document
  const found = failure === null ? { sentences, ...(notes && { notes }) } : { error: failure }
  return jsonPieces({ id: asked.id, ...fields, ...found })
}
