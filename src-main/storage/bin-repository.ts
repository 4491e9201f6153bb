/** BinRepository: corpora and runs that were removed, until they are restored or erased for good. */
import { AppError } from '#main/core/errors'
import { binDays, type BinEntry, type CorpusContent, type Restored } from '#main/document/bin-entry'
import type { Database } from './database.ts'

export interface BinRepository {
  /** All entries, latest first. */
  list(): BinEntry[]
  /** @throws AppError 'not-found' */
  find(binId: number): BinEntry
  /** Counts of what would be lost with a corpus. */
  contentOf(corpusId: number): CorpusContent
  /** Puts a corpus and these runs into one entry; answers with its number. */
  putCorpus(corpusId: number, runIds: readonly string[], by: string): number
  putRun(runId: string, by: string): number
  /**
   * Brings everything of an entry back. A corpus whose name is taken gets a free one like it, or `name` where it is given.
   * @throws AppError 'conflict' when `name` is taken.
   */
  restore(binId: number, name: string | null): Restored
  /**
   * Deletes an entry with its runs. Answers with its corpus, null for none, which is out of sight for good and left to the
   * eraser; the runs' checkpoints are still on the disk.
   */
  erase(binId: number): number | null
  /** Ids of runs that were erased while their checkpoints may still be on the disk. */
  runsToClear(): string[]
  /** Notes that the checkpoints of such a run are gone. */
  markCleared(runId: string): void
  /** Numbers of the entries that were removed `binDays` days before `nowMs`, or earlier. */
  expired(nowMs: number): number[]
}

const msPerDay = 86_400_000

interface EntryRow {
  readonly bin_id: number
  readonly removed_ms: number
  readonly removed_by: string
}
interface RunRow {
  readonly run_id: string
  readonly name: string
  readonly corpus_id: number
}
interface CorpusRow {
  readonly corpus_id: number
  readonly name: string
  readonly bin_id: number | null
}

export function createBinRepository(database: Database, now: () => number): BinRepository {
  const runsOf = (binId: number) =>
    database.all<RunRow>('SELECT run_id, name, corpus_id FROM run WHERE bin_id = ? ORDER BY created_ms, rowid', binId)
  const corpusOf = (binId: number) => database.get<CorpusRow>('SELECT * FROM corpus WHERE bin_id = ?', binId)
  const rowOf = (binId: number) => {
    const row = database.get<EntryRow>('SELECT * FROM bin_entry WHERE bin_id = ?', binId)
    if (!row) throw new AppError('not-found', `There is nothing with the number ${binId} in the bin.`)
    return row
  }
  const put = (by: string) =>
    database.run('INSERT INTO bin_entry (removed_ms, removed_by) VALUES (?, ?)', now(), by).lastId
  const putRuns = (binId: number, runIds: readonly string[]) => {
    for (const runId of runIds) database.run('UPDATE run SET bin_id = ? WHERE run_id = ?', binId, runId)
  }

  const contentOf = (corpusId: number): CorpusContent => {
    const counts = database.get<{ sentences: number | null; reviewed: number | null }>(
      'SELECT sum(sentences) AS sentences, sum(sentences * is_reviewed) AS reviewed FROM sentence_count WHERE corpus_id = ?',
      corpusId,
    )
    const operations = database.get<{ total: number }>(
      'SELECT count(*) AS total FROM operation WHERE corpus_id = ? AND is_imported = 0',
      corpusId,
    )
    return {
      sentences: counts?.sentences ?? 0,
      reviewed: counts?.reviewed ?? 0,
      operations: operations?.total ?? 0,
    }
  }

  const toEntry = ({ bin_id: binId, removed_ms: removedMs, removed_by: removedBy }: EntryRow): BinEntry => {
    const corpus = corpusOf(binId)
    const runs = runsOf(binId)
    const source = corpus ?? corpusOfRun(database, runs[0])
    return {
      ...{ binId, removedMs, removedBy, erasedMs: removedMs + binDays * msPerDay },
      kind: corpus ? 'corpus' : 'run',
      name: corpus?.name ?? runs[0]?.name ?? '',
      corpusName: source?.name ?? '',
      corpusBinId: corpus ? null : (source?.bin_id ?? null),
      content: corpus ? contentOf(corpus.corpus_id) : null,
      runs: runs.map(({ run_id: runId, name }) => ({ runId, name })),
    }
  }

  return {
    contentOf,
    list: () => database.all<EntryRow>('SELECT * FROM bin_entry ORDER BY removed_ms DESC, bin_id DESC').map(toEntry),
    find: (binId) => toEntry(rowOf(binId)),
    putCorpus: (corpusId, runIds, by) =>
      database.transaction(() => {
        const binId = put(by)
        database.run('UPDATE corpus SET bin_id = ? WHERE corpus_id = ?', binId, corpusId)
        putRuns(binId, runIds)
        return binId
      }),
    putRun: (runId, by) =>
      database.transaction(() => {
        const binId = put(by)
        putRuns(binId, [runId])
        return binId
      }),
    restore: (binId, wanted) =>
      database.transaction(() => {
        rowOf(binId)
        const corpus = corpusOf(binId)
        const runs = runsOf(binId).map(({ name }) => name)
        const name = corpus ? nameFor(database, corpus.name, wanted) : null
        if (corpus && name !== null)
          database.run('UPDATE corpus SET bin_id = NULL, name = ? WHERE corpus_id = ?', name, corpus.corpus_id)
        database.run('UPDATE run SET bin_id = NULL WHERE bin_id = ?', binId)
        database.run('DELETE FROM bin_entry WHERE bin_id = ?', binId)
        return {
          names: name === null ? runs : [name, ...runs],
          renamed: corpus && name !== null && name !== corpus.name ? { from: corpus.name, to: name } : null,
        }
      }),
    erase: (binId) =>
      database.transaction(() => {
        rowOf(binId)
        const corpus = corpusOf(binId)
        database.run('INSERT INTO erased_run SELECT run_id FROM run WHERE bin_id = ?', binId)
        database.run('DELETE FROM run WHERE bin_id = ?', binId)
        database.run('DELETE FROM experiment WHERE experiment_id NOT IN (SELECT experiment_id FROM run)')
        database.run('UPDATE corpus SET bin_id = NULL, is_staging = 1 WHERE bin_id = ?', binId)
        database.run('DELETE FROM bin_entry WHERE bin_id = ?', binId)
        return corpus?.corpus_id ?? null
      }),
    runsToClear: () => database.all<{ run_id: string }>('SELECT run_id FROM erased_run').map(({ run_id }) => run_id),
    markCleared: (runId) => void database.run('DELETE FROM erased_run WHERE run_id = ?', runId),
    expired: (nowMs) =>
      database
        .all<EntryRow>('SELECT * FROM bin_entry WHERE removed_ms <= ?', nowMs - binDays * msPerDay)
        .map(({ bin_id }) => bin_id),
  }
}

function corpusOfRun(database: Database, run: RunRow | undefined): CorpusRow | undefined {
  return run && database.get<CorpusRow>('SELECT * FROM corpus WHERE corpus_id = ?', run.corpus_id)
}

/** The name under which a corpus is restored. @throws AppError 'conflict' when the wanted name is taken. */
function nameFor(database: Database, former: string, wanted: string | null): string {
  const isTaken = (name: string) =>
    database.get('SELECT 1 FROM corpus WHERE name = ? AND bin_id IS NULL AND is_staging = 0', name) !== undefined
  if (wanted !== null && isTaken(wanted))
    throw new AppError('conflict', `There is already a corpus "${wanted}". Choose another name to restore it under.`)
  if (wanted !== null || !isTaken(former)) return wanted ?? former
  let number = 2
  while (isTaken(`${former} (${number})`)) number++
  return `${former} (${number})`
}
