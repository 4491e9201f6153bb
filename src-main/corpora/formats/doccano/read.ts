/** doccano: records of a text with spans by offsets and relations between their ids, in the shapes of all its versions (formats.md 3.11). */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { Provenance } from '#main/document/annotation'
import type { CorpusFormat, ReadContext, ReadDoc } from '../../format.ts'
import { extrasOf } from '../../shared/item-extras.ts'
import type { JsonObject } from '../../shared/fields.ts'
import { baseName } from '../../shared/file-names.ts'
import { readRecords } from '../../shared/read-records.ts'
import { buildLayeredDoc } from '../../shared/layered-doc.ts'
import { logOfRecord, type Marks } from '../../shared/marks.ts'
import { chooseOffsets } from '../../shared/offset-choice.ts'
import type { OffsetUnit, ToCodePoints } from '../../shared/offset-units.ts'
import { RecordError } from '../../shared/problem-log.ts'
import { createTextRules, type TextRules } from '../../shared/text-rules.ts'
import type { TextInput } from '../../text-input.ts'
import { readDoccano, shapeOf, type DoccanoRecord, type StatedEntity } from './record.ts'
import { countLosses, writeDoccano } from './write.ts'

export const doccano: CorpusFormat = {
  name: 'doccano',
  title: 'doccano JSON lines',
  extensions: ['.jsonl', '.json'],
  keeps: ['the text', 'spans by characters', 'relations', 'further keys of a record, a span or a relation'],
  settings: ['offsetUnit', 'sentencePerLine', 'language', 'han', 'keepApart'],
  hasFilePerAnnotator: true,
  recognize({ json }) {
    for (const [index, record] of (json?.records ?? []).entries()) {
      const shape = typeof (record['text'] ?? record['data']) === 'string' ? shapeOf(record) : null
      if (shape !== null) return `${evidence[shape]} in record ${index + 1}`
    }
    return null
  },
  read,
  writer: { layout: 'file', countLosses, write: writeDoccano },
}

const evidence = {
  entities: '"entities" with "start_offset", or none, beside "relations"',
  annotations: '"annotations" with "start_offset"',
  label: '"label" with [start, end, type]',
  labels: '"labels" with [start, end, type]',
} as const

async function* read(input: TextInput, context: ReadContext): AsyncGenerator<ReadDoc> {
  const { log, settings } = context
  const rulesFor = createTextRules(settings)
  let usual: OffsetUnit = settings.offsetUnit === 'utf-16' ? 'UTF-16 units' : 'code points'
  yield* readRecords(input, 'records of doccano: {"text", "entities", "relations"}', log, (value, number) => {
    const record = readDoccano(value)
    const { unit, toCodePoints } = chooseOffsets(record.text, record.entities, usual)
    if (settings.offsetUnit === undefined) usual = unit
    if (unit === 'UTF-16 units') log.change('utf16', number)
    return toDoc(
      record,
      `${input.name}#${number}`,
      baseName(input.name),
      toCodePoints,
      number,
      context,
      rulesFor(record.text),
    )
  })
}

function toDoc(
  record: DoccanoRecord,
  defaultId: string,
  author: string,
  toCodePoints: ToCodePoints,
  number: number,
  { log, settings }: ReadContext,
  rules: TextRules,
): AnnotatedDoc {
  const { text, relations } = record
  const byId = Map.groupBy(record.entities, ({ id }) => id)
  const doubled = record.entities.find(({ id }) => (byId.get(id)?.length ?? 0) > 1)
  if (doubled) throw new RecordError(`entities: expected an id used once, found ${doubled.id} again`)
  for (const { field, from, to } of relations)
    for (const [key, id] of [
      ['from_id', from],
      ['to_id', to],
    ] as const)
      if (!byId.has(id))
        throw new RecordError(`${field}.${key}: expected the id of an entity of this record, found ${id}`)
  const [first = null, ...others] = new Set(record.entities.map(({ user }) => user))
  if (others.length > 0) log.change('annotators', number)
  const marks = (user: string | null) =>
    marksOf(record, user, { origin: 'import', author: user ?? author }, toCodePoints)
  const own = privateOf(record)
  return buildLayeredDoc(
    {
      ...{ id: record.id ?? defaultId, text, rules, main: marks(first) },
      sentencePerLine: settings.sentencePerLine,
      others: others.map((user) => ({ name: user ?? author, kind: 'annotator', marks: marks(user) })),
      extra: { ...record.extra, ...(own && { doccano: own }) },
    },
    logOfRecord(log, number),
  )
}

/** The marks of one user. A relation is said by whoever made its subject. */
function marksOf(
  { entities, relations }: DoccanoRecord,
  user: string | null,
  provenance: Provenance,
  toCodePoints: ToCodePoints,
): Marks {
  const own = entities.filter((entity) => entity.user === user)
  const ids = new Set(own.map(({ id }) => id))
  return {
    spans: own.map((entity) => ({ id: entity.id, ...rangeOf(entity, toCodePoints), label: entity.label, provenance })),
    relations: relations
      .filter(({ from }) => ids.has(from))
      .map(({ id, from, to, type }) => ({ id, subject: from, object: to, type, provenance })),
  }
}

function rangeOf({ field, start, end }: StatedEntity, toCodePoints: ToCodePoints) {
  const [from, to] = [toCodePoints(start), toCodePoints(end)]
  if (from === null || to === null || from > to)
    throw new RecordError(`${field}: expected offsets in the text, found ${start} to ${end}`)
  return { start: from, end: to }
}

/** The keys that only doccano's own form has, by ids of spans and relations; undefined where there are none. */
function privateOf({ shape, textKey, entities, relations }: DoccanoRecord): JsonObject | undefined {
  const parts = {
    ...(shape !== 'entities' && { shape }),
    ...(textKey !== 'text' && { textKey }),
    ...extrasOf('entities', entities),
    ...extrasOf('relations', relations),
  }
  return Object.keys(parts).length > 0 ? parts : undefined
}
