/** Records of other tools, by the keys under which they keep annotations: a reader that passed over these would lose labels. */
import { isJsonObject, listOf, type JsonObject } from '../shared/fields.ts'

export interface RecordLayout {
  /** Name of the layout with its article, as in "looks like …". */
  readonly title: string
  /** The keys that show it, as words that follow "it has"; null when the record is not like it. */
  evidenceIn(record: JsonObject): string | null
}

/** The first that fits tells the name: the more peculiar keys come first. */
export const recordLayouts: readonly RecordLayout[] = [
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
