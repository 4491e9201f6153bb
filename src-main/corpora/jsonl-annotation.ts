/** The annotation of one sentence in Espalier's JSON lines, checked: ranges inside the sentence, relations between known spans. */
import type { AnnotatedRelation, AnnotatedSpan, Provenance, Rejection, Review } from '#main/document/annotation'
import type { Json } from '#main/document/json'
import type { TextTriple } from '#main/document/labelled-sentence'
import type { Change } from '#main/document/operation'
import * as read from './fields.ts'
import type { JsonObject } from './fields.ts'
import type { RecordedOperation, SentenceAnnotation } from './format.ts'
import { RecordError } from './problems.ts'

const origins = ['person', 'run', 'import', 'propagated', 'rule'] as const
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

/** @throws RecordError naming the field. `length` is the sentence's number of tokens. */
export function readAnnotation(
  source: JsonObject,
  field: string,
  length: number,
  fileName: string,
  note: (message: string) => void,
): SentenceAnnotation {
  const further = read.unknownKeys(source, knownKeys)
  if (further) note(`${field}: not understood and left out: ${Object.keys(further).join(', ')}`)
  const fallback: Provenance = { origin: 'import', author: fileName }
  const spans = list(source, 'spans', field, (item, at, index) => readSpan(item, at, length, fallback, `s${index + 1}`))
  const relations = list(source, 'relations', field, (item, at, index) =>
    readRelation(item, at, fallback, `r${index + 1}`),
  )
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
    repeatedTriples: read.readInteger(source['repeatedTriples'] ?? 0, `${field}.repeatedTriples`, 0, huge),
    rejections: list(source, 'rejections', field, (item, at, index) =>
      readRejection(item, at, fallback, `x${index + 1}`),
    ),
    review: readReview(source['review'] ?? {}, `${field}.review`),
    history: list(source, 'history', field, (item, at, index) => readOperation(item, at, index, length, fallback)),
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

function readSpan(
  item: JsonObject,
  field: string,
  length: number,
  fallback: Provenance,
  defaultId: string,
): AnnotatedSpan {
  const start = read.readInteger(item['start'], `${field}.start`, 0, length - 1)
  return {
    id: read.readName(item['id'] ?? defaultId, `${field}.id`),
    start,
    end: read.readInteger(item['end'], `${field}.end`, start + 1, length),
    label: read.readName(item['label'], `${field}.label`),
    provenance: readProvenance(item['provenance'], `${field}.provenance`, fallback),
  }
}

function readRelation(item: JsonObject, field: string, fallback: Provenance, defaultId: string): AnnotatedRelation {
  return {
    id: read.readName(item['id'] ?? defaultId, `${field}.id`),
    subject: read.readName(item['subject'], `${field}.subject`),
    object: read.readName(item['object'], `${field}.object`),
    type: read.readName(item['type'], `${field}.type`),
    provenance: readProvenance(item['provenance'], `${field}.provenance`, fallback),
  }
}

function readTextTriple(item: JsonObject, field: string): TextTriple {
  return {
    subject: read.readName(item['subject'], `${field}.subject`),
    type: read.readName(item['type'], `${field}.type`),
    object: read.readName(item['object'], `${field}.object`),
  }
}

function readRejection(item: JsonObject, field: string, fallback: Provenance, defaultId: string): Rejection {
  return {
    id: read.readName(item['id'] ?? defaultId, `${field}.id`),
    kind: read.readOneOf(item['kind'], `${field}.kind`, ['span', 'relation'] as const),
    key: read.readName(item['key'], `${field}.key`),
    provenance: readProvenance(item['provenance'], `${field}.provenance`, fallback),
  }
}

function readProvenance(value: Json | undefined, field: string, fallback: Provenance): Provenance {
  if (value === undefined) return fallback
  const source = read.readObject(value, field)
  const confidence = source['confidence']
  if (confidence !== undefined && !(typeof confidence === 'number' && confidence >= 0 && confidence <= 1))
    throw read.unexpected(`${field}.confidence`, 'a probability from 0 to 1', confidence)
  return {
    origin: read.readOneOf(source['origin'], `${field}.origin`, origins),
    author: read.readString(source['author'], `${field}.author`),
    ...(confidence !== undefined && { confidence }),
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

function readOperation(
  item: JsonObject,
  field: string,
  index: number,
  length: number,
  fallback: Provenance,
): RecordedOperation {
  const undoes = item['undoes'] ?? null
  return {
    author: read.readString(item['author'], `${field}.author`),
    atMs: read.readInteger(item['atMs'], `${field}.atMs`, 0, huge),
    description: read.readName(item['description'], `${field}.description`),
    changes: list(item, 'changes', field, (change, at) => readChange(change, at, length, fallback)),
    undoes: undoes === null ? null : read.readInteger(undoes, `${field}.undoes`, 0, index - 1),
  }
}

function readChange(item: JsonObject, field: string, length: number, fallback: Provenance): Change {
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
      return { kind, ...both((source, at) => readSpan(source, at, length, fallback, '')) }
    case 'relation':
      return { kind, ...both((source, at) => readRelation(source, at, fallback, '')) }
    case 'rejection':
      return { kind, ...both((source, at) => readRejection(source, at, fallback, '')) }
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
