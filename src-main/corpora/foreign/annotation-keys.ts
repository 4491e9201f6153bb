/** Records of other tools, by the keys under which they keep annotations: a reader that passed over these would lose labels. */
import type { Json } from '#main/core/json'
import { isJsonObject, listOf, type JsonObject } from '../shared/fields.ts'

export interface RecordLayout {
  /** Name of the layout with its article, as in "looks like …". */
  readonly title: string
  /** The keys that show it, as words that follow "it has"; null when the record is not like it. */
  evidenceIn(record: JsonObject): string | null
}

const someObject = (value: Json | undefined, ...keys: readonly string[]): boolean =>
  listOf(value).some((item) => isJsonObject(item) && keys.every((key) => key in item))
const isString = (value: Json | undefined): boolean => typeof value === 'string'

/** The first that fits tells the name: the more peculiar keys come first. */
export const recordLayouts: readonly RecordLayout[] = [
  keyed(
    'doccano JSON lines',
    '"entities" with "start_offset"',
    ({ entities, annotations }) => someObject(entities, 'start_offset') || someObject(annotations, 'start_offset'),
  ),
  ...['label', 'labels'].map((key) =>
    keyed('doccano JSON lines for sequence labelling', `"${key}" with [start, end, type]`, (record) =>
      listOf(record[key]).some((item) => {
        const [start, end, type] = listOf(item)
        return typeof start === 'number' && typeof end === 'number' && isString(type)
      }),
    ),
  ),
  keyed('Prodigy JSON lines', '"_input_hash"', (record) => '_input_hash' in record || '_task_hash' in record),
  keyed(
    'Prodigy JSON lines',
    '"spans" or "relations" beside "answer"',
    (record) => 'answer' in record && ('spans' in record || 'relations' in record || 'tokens' in record),
  ),
  keyed('Prodigy JSON lines', '"relations" with "head" and "child"', ({ relations }) => someObject(relations, 'child')),
  keyed('Prodigy or spaCy JSON lines', '"spans" with "start" and "end"', ({ spans }) =>
    someObject(spans, 'start', 'end'),
  ),
  keyed(
    'Label Studio JSON',
    '"annotations" beside "data"',
    (record) =>
      isJsonObject(record['data']) && ['annotations', 'completions', 'predictions'].some((key) => key in record),
  ),
  keyed('UIMA CAS JSON', '"%FEATURE_STRUCTURES"', (record) => '%FEATURE_STRUCTURES' in record || '%TYPES' in record),
  ...[
    'triple_list',
    'spo_list',
    'triples',
    'relationMentions',
    'entityMentions',
    'entities',
    'relations',
    'spans',
    'ents',
    'annotations',
    'events',
    'labels',
    'label',
  ].map((key) =>
    keyed('annotations of another tool', `"${key}"`, (record) =>
      listOf(record[key]).some((item) => isJsonObject(item) || Array.isArray(item)),
    ),
  ),
]

function keyed(title: string, evidence: string, fits: (record: JsonObject) => boolean): RecordLayout {
  return { title, evidenceIn: (record) => (fits(record) ? evidence : null) }
}

/** Names the layout of a record of another tool, with the evidence; null when it holds no annotations that are known. */
export function foreignRecord(record: JsonObject): { readonly title: string; readonly evidence: string } | null {
  for (const { title, evidenceIn } of recordLayouts) {
    const evidence = evidenceIn(record)
    if (evidence !== null) return { title, evidence }
  }
  return null
}
