/** FilterRepository: filters that a person saved under names, by corpus. */
import { AppError } from '#main/core/errors'
import type { SavedFilter } from '#main/document/saved-filter'
import type { SentenceFilter } from '#main/document/sentence-row'
import type { Database } from './database.ts'

export interface StoredFilter extends SavedFilter {
  /** Name that the run of the filter had when it was saved; null without a run. */
  readonly runName: string | null
}

export interface FilterRepository {
  /** The filters of a corpus in the order of their names. */
  list(corpusId: number): StoredFilter[]
  /** @throws AppError 'not-found' */
  find(filterId: number): StoredFilter
  /** @throws AppError 'conflict' when the corpus has a filter of this name. */
  add(corpusId: number, name: string, filter: SentenceFilter): StoredFilter
  /** @throws AppError 'not-found'; 'conflict' when the corpus has another filter of this name. */
  change(filterId: number, part: { readonly name?: string; readonly filter?: SentenceFilter }): StoredFilter
  /** Answers with what was removed; it can be brought back until the workspace is closed. @throws AppError 'not-found' */
  remove(filterId: number): StoredFilter
  /** @throws AppError 'not-found'; 'conflict' when another filter has its name meanwhile. */
  restore(filterId: number): StoredFilter
}

interface Row {
  readonly filter_id: number
  readonly corpus_id: number
  readonly name: string
  readonly filter: string
  readonly run_name: string | null
}

export function createFilterRepository(database: Database): FilterRepository {
  database.run('DELETE FROM saved_filter WHERE is_removed = 1')
  const findAs = (filterId: number, isRemoved: number): StoredFilter => {
    const row = database.get<Row>(
      `SELECT saved_filter.* FROM saved_filter JOIN corpus USING (corpus_id)
       WHERE filter_id = ? AND is_removed = ? AND bin_id IS NULL`,
      ...[filterId, isRemoved],
    )
    if (!row) throw new AppError('not-found', `There is no saved filter ${filterId}. Choose one from the list.`)
    return toFilter(row)
  }
  const find = (filterId: number): StoredFilter => findAs(filterId, 0)
  const refuseTaken = (corpusId: number, name: string, own: number | null): void => {
    const taken = database.get<{ filter_id: number }>(
      'SELECT filter_id FROM saved_filter WHERE corpus_id = ? AND name = ? AND is_removed = 0',
      ...[corpusId, name],
    )
    if (taken && taken.filter_id !== own)
      throw new AppError('conflict', `There is already a saved filter "${name}". Choose another name, or update it.`)
  }
  const runNameOf = ({ run }: SentenceFilter): string | null =>
    run ? (database.get<{ name: string }>('SELECT name FROM run WHERE run_id = ?', run.runId)?.name ?? null) : null
  return {
    list: (corpusId) =>
      database
        .all<Row>('SELECT * FROM saved_filter WHERE corpus_id = ? AND is_removed = 0 ORDER BY name', corpusId)
        .map(toFilter),
    find,
    add(corpusId, name, filter) {
      refuseTaken(corpusId, name, null)
      const { lastId } = database.run(
        'INSERT INTO saved_filter (corpus_id, name, filter, run_name) VALUES (?, ?, ?, ?)',
        ...[corpusId, name, JSON.stringify(filter), runNameOf(filter)],
      )
      return find(lastId)
    },
    change(filterId, { name, filter }) {
      const present = find(filterId)
      if (name !== undefined) refuseTaken(present.corpusId, name, filterId)
      database.run(
        'UPDATE saved_filter SET name = ?, filter = ?, run_name = ? WHERE filter_id = ?',
        ...[name ?? present.name, JSON.stringify(filter ?? present.filter)],
        ...[filter ? runNameOf(filter) : present.runName, filterId],
      )
      return find(filterId)
    },
    remove(filterId) {
      const removed = find(filterId)
      database.run('UPDATE saved_filter SET is_removed = 1 WHERE filter_id = ?', filterId)
      return removed
    },
    restore(filterId) {
      const removed = findAs(filterId, 1)
      refuseTaken(removed.corpusId, removed.name, null)
      database.run('UPDATE saved_filter SET is_removed = 0 WHERE filter_id = ?', filterId)
      return removed
    },
  }
}

function toFilter({ filter_id, corpus_id, name, filter, run_name }: Row): StoredFilter {
  const parsed = JSON.parse(filter) as SentenceFilter // written by this repository
  return { filterId: filter_id, corpusId: corpus_id, name, filter: parsed, runName: run_name }
}
