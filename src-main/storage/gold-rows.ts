/** Reads the columns alone that gold is made of: whole annotations take twice the time. */
import type { Relation, TripleSpan } from '#main/document/relation'
import type { Chars, Span } from '#main/document/span'
import type { Database } from './database.ts'
import type { SentenceSet } from './sentence-set.ts'

/** The spans of a sentence in their order. */
export interface GoldSpans {
  readonly spans: TripleSpan[]
  /** The id of each span. */
  readonly ids: string[]
  /** Bounds of the spans that begin or end within a word, by place; null where none does. */
  bounds: Map<number, Chars> | null
}

type SpanRow = [
  id: number,
  spanId: string,
  start: number,
  end: number,
  label: string,
  from: number | null,
  to: number | null,
]
type RelationRow = [sentenceId: number, id: string, subject: string, type: string, object: string]

/** Spans by sentence id. */
export function readGoldSpans(database: Database, { sql, values }: SentenceSet): Map<number, GoldSpans> {
  const rows = database.rawRows<SpanRow>(
    `SELECT sentence_id, span_id, start_token, end_token, label, start_char, end_char
     FROM span WHERE sentence_id ${sql} ORDER BY sentence_id, position`,
    ...values,
  )
  const bySentence = new Map<number, GoldSpans>()
  let [own, ownId]: [GoldSpans, number] = [noSpans(), -1]
  for (const [sentenceId, spanId, start, end, label, from, to] of rows) {
    if (sentenceId !== ownId) {
      ;[own, ownId] = [noSpans(), sentenceId]
      bySentence.set(sentenceId, own)
    }
    if (from !== null && to !== null) (own.bounds ??= new Map()).set(own.ids.length, { start: from, end: to })
    own.spans.push({ start, end, label })
    own.ids.push(spanId)
  }
  return bySentence
}

const noSpans = (): GoldSpans => ({ spans: [], ids: [], bounds: null })

/** The same spans with their ids and bounds. */
export function wholeSpans({ spans, ids, bounds }: GoldSpans): Span[] {
  return spans.map((span, at) => {
    const chars = bounds?.get(at)
    return { ...span, id: ids[at] ?? '', ...(chars && { chars }) }
  })
}

/** Relations by sentence id. */
export function readGoldRelations(database: Database, { sql, values }: SentenceSet): Map<number, Relation[]> {
  const rows = database.rawRows<RelationRow>(
    `SELECT sentence_id, relation_id, subject, type, object FROM relation WHERE sentence_id ${sql} ORDER BY sentence_id, position`,
    ...values,
  )
  const bySentence = new Map<number, Relation[]>()
  let [own, ownId]: [Relation[], number] = [[], -1]
  for (const [sentenceId, id, subject, type, object] of rows) {
    if (sentenceId !== ownId) {
      ;[own, ownId] = [[], sentenceId]
      bySentence.set(sentenceId, own)
    }
    own.push({ id, subject, type, object })
  }
  return bySentence
}
