/** The label set of a corpus, read from its row. */
import { emptyLabelSet, type LabelSet } from '#main/labels/label-set'
import type { Database } from './database.ts'

/** Empty where there is no such corpus. */
export function readLabelsOf(database: Database, corpusId: number): LabelSet {
  const row = database.get<{ labels: string }>('SELECT labels FROM corpus WHERE corpus_id = ?', corpusId)
  return row ? (JSON.parse(row.labels) as LabelSet) : emptyLabelSet // written from a LabelSet
}
