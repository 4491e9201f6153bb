/** Reads CorpusSummaries: the counts per split are kept. */
import type { CorpusSummary, SplitCounts } from '#main/document/corpus-summary'
import { splits, type Split } from '#main/document/doc'
import type { LabelSet } from '#main/labels/label-set'
import type { Database } from './database.ts'
import { splitIndex } from './words.ts'

interface CorpusRow {
  readonly corpus_id: number
  readonly name: string
  readonly labels: string
  readonly created_ms: number
}
type CountRow = SplitCounts & { readonly split: number }

/** Summaries of one corpus, or of all for null; corpora in the bin are left out. */
export function readSummaries(database: Database, corpusId: number | null): CorpusSummary[] {
  const rows = database.all<CorpusRow>(
    `SELECT * FROM corpus WHERE bin_id IS NULL AND is_staging = 0 ${corpusId === null ? '' : 'AND corpus_id = ?'} ORDER BY corpus_id`,
    ...(corpusId === null ? [] : [corpusId]),
  )
  return rows.map((row) => {
    const labels = JSON.parse(row.labels) as LabelSet // written from a LabelSet
    return {
      corpusId: row.corpus_id,
      name: row.name,
      splits: readCounts(database, row.corpus_id),
      entityTypes: labels.entityTypes.length,
      relationTypes: labels.relationTypes.length,
      createdMs: row.created_ms,
    }
  })
}

function readCounts(database: Database, corpusId: number): Record<Split, SplitCounts> {
  const rows = database.all<CountRow>(
    `SELECT split, sum(sentences) AS sentences, sum(sentences * is_reviewed) AS reviewed, sum(spans) AS spans,
       sum(triples) AS triples
     FROM sentence_count WHERE corpus_id = ? GROUP BY split`,
    corpusId,
  )
  const countsOf = (split: Split): SplitCounts => {
    const row = rows.find((candidate) => candidate.split === splitIndex(split))
    return {
      sentences: row?.sentences ?? 0,
      reviewed: row?.reviewed ?? 0,
      spans: row?.spans ?? 0,
      triples: row?.triples ?? 0,
    }
  }
  return Object.fromEntries(splits.map((split) => [split, countsOf(split)])) as Record<Split, SplitCounts> // every split
}
