/** SystemRepository: predictions of other systems for a split of a corpus, with what they scored. */
import { AppError } from '#main/core/errors'
import type { Split } from '#main/document/doc'
import type { Evaluation } from '#main/evaluation/evaluation'
import type { CountsByMode } from '#main/evaluation/sentence-counts'
import type { StatedSentence } from '#main/evaluation/stated-prediction'
import type { Database } from './database.ts'
import { packByMode, unpackByMode } from './packed-counts.ts'
import { byIds } from './sentence-set.ts'
import { splitAt, splitIndex } from './words.ts'

export interface SystemScores {
  readonly scorer: number
  readonly digests: Uint8Array
  readonly evaluation: Evaluation
}

export interface SystemRow extends SystemScores {
  readonly systemId: string
  readonly corpusId: number
  readonly split: Split
  readonly name: string
  readonly seed: number | null
  readonly fileName: string
  readonly notes: readonly string[]
  readonly createdMs: number
}

export interface SystemRepository {
  list(): SystemRow[]
  /** @throws AppError 'not-found' */
  find(systemId: string): SystemRow
  /** @throws AppError 'conflict' when there are predictions of this name and seed for the split. */
  add(row: SystemRow, counts: CountsByMode, stated: ReadonlyMap<number, StatedSentence>): void
  /** Figures computed anew, of other gold or by another scorer. */
  putScores(systemId: string, scores: SystemScores, counts: CountsByMode): void
  counts(systemId: string): CountsByMode
  /** What it states, by sentence id. */
  stated(systemId: string, sentenceIds: readonly number[]): Map<number, StatedSentence>
  /** @throws AppError 'not-found' */
  remove(systemId: string): void
}

interface Row {
  readonly system_id: string
  readonly corpus_id: number
  readonly split: number
  readonly name: string
  readonly seed: number | null
  readonly file_name: string
  readonly notes: string
  readonly created_ms: number
  readonly scorer: number
  readonly digests: Uint8Array
  readonly evaluation: string
}

/** All but the counts, which are long; those of corpora in the bin are out of sight. */
const select = `SELECT system_id, corpus_id, split, system.name, seed, file_name, notes, system.created_ms, scorer, digests, evaluation
  FROM system JOIN corpus USING (corpus_id) WHERE bin_id IS NULL`

export function createSystemRepository(database: Database): SystemRepository {
  const find = (systemId: string): SystemRow => {
    const row = database.get<Row>(`${select} AND system_id = ?`, systemId)
    if (!row) throw new AppError('not-found', `There are no predictions "${systemId}". Choose some from the list.`)
    return toSystem(row)
  }
  return {
    find,
    list: () => database.all<Row>(`${select} ORDER BY system.name, seed`).map(toSystem),
    add(row, counts, stated) {
      database.transaction(() => {
        const taken = database.get(
          'SELECT 1 FROM system WHERE corpus_id = ? AND split = ? AND name = ? AND seed IS ?',
          ...[row.corpusId, splitIndex(row.split), row.name, row.seed],
        )
        if (taken)
          throw new AppError(
            'conflict',
            `There are predictions "${row.name}"${row.seed === null ? '' : ` of seed ${row.seed}`} for this split already. Remove them, or give these another name or seed.`,
          )
        database.run(
          `INSERT INTO system (system_id, corpus_id, split, name, seed, file_name, notes, created_ms, scorer, digests,
             evaluation, counts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
          ...[row.systemId, row.corpusId, splitIndex(row.split), row.name, row.seed, row.fileName],
          ...[JSON.stringify(row.notes), row.createdMs, row.scorer, row.digests],
          ...[JSON.stringify(row.evaluation), packByMode(counts)],
        )
        for (const [sentenceId, sentence] of stated)
          database.run(
            'INSERT INTO system_prediction (system_id, sentence_id, stated) VALUES (?, ?, ?)',
            ...[row.systemId, sentenceId, JSON.stringify(sentence)],
          )
      })
    },
    putScores: (systemId, { scorer, digests, evaluation }, counts) =>
      void database.run(
        'UPDATE system SET scorer = ?, digests = ?, evaluation = ?, counts = ? WHERE system_id = ?',
        ...[scorer, digests, JSON.stringify(evaluation), packByMode(counts), systemId],
      ),
    counts(systemId) {
      const row = database.get<{ counts: string }>('SELECT counts FROM system WHERE system_id = ?', systemId)
      return row ? unpackByMode(row.counts) : {}
    },
    stated(systemId, sentenceIds) {
      const set = byIds(sentenceIds)
      const rows = database.all<{ sentence_id: number; stated: string }>(
        `SELECT sentence_id, stated FROM system_prediction WHERE system_id = ? AND sentence_id ${set.sql}`,
        ...[systemId, ...set.values],
      )
      return new Map(rows.map(({ sentence_id, stated }) => [sentence_id, JSON.parse(stated) as StatedSentence])) // written above
    },
    remove(systemId) {
      find(systemId)
      database.run('DELETE FROM system WHERE system_id = ?', systemId)
    },
  }
}

function toSystem(row: Row): SystemRow {
  return {
    ...{ systemId: row.system_id, corpusId: row.corpus_id, split: splitAt(row.split), name: row.name, seed: row.seed },
    ...{ fileName: row.file_name, createdMs: row.created_ms, scorer: row.scorer, digests: row.digests },
    notes: JSON.parse(row.notes) as string[], // these two are written by add and putScores alone
    evaluation: JSON.parse(row.evaluation) as Evaluation,
  }
}
