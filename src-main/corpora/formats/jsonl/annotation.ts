/** The annotation of one sentence in Espalier's JSON lines, checked: ranges inside the sentence, relations between known spans. */
import type { Review } from '#main/document/annotation'
import type { Json } from '#main/core/json'
import type { TextTriple } from '#main/document/labelled-sentence'
import type { Change } from '#main/document/operation'
import * as read from '../../shared/fields.ts'
import type { JsonObject } from '../../shared/fields.ts'
import type { RecordedOperation, SentenceAnnotation } from '#main/document/annotated-doc'
import { readRejection, readRelation, readSpan, type ItemPlace } from './items.ts'
import { RecordError } from '../../shared/problem-log.ts'
import { asStated, takeOnce } from '../../shared/take-once.ts'

const knownKeys = [
  'tokens',
  'spans',
  'relations',
  'unanchored',
  'ambiguousAnchors',
  'repeatedTriples',
  'rejections',
  'review',
  'history',
]
const huge = Number.MAX_SAFE_INTEGER

/** @throws RecordError naming the field. `place` is the sentence's. */
export function readAnnotation(source: JsonObject, field: string, place: ItemPlace): SentenceAnnotation {
  const further = read.unknownKeys(source, knownKeys)
  if (further) place.log.note(`${field}: not understood and left out: ${Object.keys(further).join(', ')}`)
  const history = list(source, 'history', field, (item, at, index) => readOperation(item, at, index, place))
  const stated = {
    spans: list(source, 'spans', field, (item, at, index) => readSpan(item, at, place, `s${index + 1}`)),
    relations: list(source, 'relations', field, (item, at, index) => readRelation(item, at, place, `r${index + 1}`)),
  }
  // operations of a history name their items by id, so that none may go
  const { spans, relations, repeatedRelations } =
    history.length > 0 ? asStated(stated) : takeOnce(stated, place.log.change)
  checkIds(spans, `${field}.spans`)
  checkIds(relations, `${field}.relations`)
  const known = new Set(spans.map(({ id }) => id))
  relations.forEach(({ subject, object }, index) => {
    for (const id of [subject, object])
      if (!known.has(id))
        throw new RecordError(`${field}.relations[${index}]: expected the id of a span of this sentence, found "${id}"`)
  })
  return {
    spans,
    relations,
    unanchored: list(source, 'unanchored', field, readTextTriple),
    ambiguousAnchors: read.readInteger(source['ambiguousAnchors'] ?? 0, `${field}.ambiguousAnchors`, 0, huge),
    repeatedTriples:
      read.readInteger(source['repeatedTriples'] ?? 0, `${field}.repeatedTriples`, 0, huge) + repeatedRelations,
    rejections: list(source, 'rejections', field, (item, at, index) => readRejection(item, at, place, `x${index + 1}`)),
    review: readReview(source['review'] ?? {}, `${field}.review`),
    history,
  }
}

function list<Item>(
  source: JsonObject,
  key: string,
  field: string,
  readItem: (item: JsonObject, field: string, index: number) => Item,
): Item[] {
  return read.readArray(source[key] ?? [], `${field}.${key}`).map((item, index) => {
    const at = `${field}.${key}[${index}]`
    return readItem(read.readObject(item, at), at, index)
  })
}

function readTextTriple(item: JsonObject, field: string): TextTriple {
  return {
    subject: read.readName(item['subject'], `${field}.subject`),
    type: read.readName(item['type'], `${field}.type`),
    object: read.readName(item['object'], `${field}.object`),
  }
}

function readReview(value: Json, field: string): Review {
  const source = read.readObject(value, field)
  return {
    isReviewed: read.readBoolean(source['isReviewed'] ?? false, `${field}.isReviewed`),
    isFlagged: read.readBoolean(source['isFlagged'] ?? false, `${field}.isFlagged`),
    note: read.readString(source['note'] ?? '', `${field}.note`),
  }
}

function readOperation(item: JsonObject, field: string, index: number, place: ItemPlace): RecordedOperation {
  const undoes = item['undoes'] ?? null
  return {
    author: read.readString(item['author'], `${field}.author`),
    atMs: read.readInteger(item['atMs'], `${field}.atMs`, 0, huge),
    description: read.readName(item['description'], `${field}.description`),
    changes: list(item, 'changes', field, (change, at) => readChange(change, at, place)),
    undoes: undoes === null ? null : read.readInteger(undoes, `${field}.undoes`, 0, index - 1),
  }
}

function readChange(item: JsonObject, field: string, place: ItemPlace): Change {
  const kind = read.readOneOf(item['kind'], `${field}.kind`, ['span', 'relation', 'rejection', 'review'] as const)
  const side = <Item>(name: string, readItem: (source: JsonObject, at: string) => Item): Item | null => {
    const value = item[name] ?? null
    return value === null ? null : readItem(read.readObject(value, `${field}.${name}`), `${field}.${name}`)
  }
  const both = <Item>(readItem: (source: JsonObject, at: string) => Item) => ({
    before: side('before', readItem),
    after: side('after', readItem),
  })
  switch (kind) {
    case 'span':
      return { kind, ...both((source, at) => readSpan(source, at, place)) }
    case 'relation':
      return { kind, ...both((source, at) => readRelation(source, at, place)) }
    case 'rejection':
      return { kind, ...both((source, at) => readRejection(source, at, place)) }
    case 'review':
      return {
        kind,
        before: readReview(item['before'] ?? {}, `${field}.before`),
        after: readReview(item['after'] ?? {}, `${field}.after`),
      }
  }
}

function checkIds(items: readonly { readonly id: string }[], field: string): void {
  const seen = new Set<string>()
  items.forEach(({ id }, index) => {
    if (seen.has(id)) throw new RecordError(`${field}[${index}].id: expected an id used once, found "${id}" again`)
    seen.add(id)
  })
}
