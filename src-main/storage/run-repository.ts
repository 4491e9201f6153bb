/** RunRepository: runs with their full config, their metric points, and the experiments that group them. */
import { upgradeRunConfig } from '#main/runs/older-config'
import type { MetricPoint, Run } from '#main/runs/run'
import { readThresholds } from './stored-thresholds.ts'
import type { Database } from './database.ts'
import { missing } from './known-ids.ts'

export interface RunRepository {
  /** Adds a run, and its experiment when it is the first run of it. */
  insert(run: Run): void
  /** Replaces the stored state of a run. */
  update(run: Run): void
  /** @throws AppError 'not-found' when there is none, or it is in the bin. */
  find(runId: string): Run
  /** All runs but those in the bin, latest first. */
  list(): Run[]
  /** The runs of an experiment but those in the bin, latest first. */
  ofExperiment(experimentId: string): Run[]
  /** All runs, those in the bin included: the files that they need are still needed. */
  listWithBin(): Run[]
  /** Adds a point, or replaces the one of the same epoch: a resumed run writes it again. */
  addPoint(runId: string, point: MetricPoint): void
  /** The points of a run in the order of their epochs. */
  points(runId: string): MetricPoint[]
  /** Marks as `interrupted` the runs that were running or queued when the program ended, and answers with them. */
  markInterrupted(): Run[]
}

interface RunRow {
  readonly run_id: string
  readonly experiment_id: string
  readonly corpus_id: number
  readonly name: string
  readonly status: Run['status']
  readonly config: string
  readonly data: string
  readonly from_run_id: string | null
  readonly created_ms: number
  readonly finished_ms: number | null
  readonly epoch: number
  readonly best_epoch: number | null
  readonly best_dev: string | null
  readonly device: string | null
  readonly failure: string | null
  readonly notes: string
  readonly note: string
  readonly thresholds: string | null
  readonly tags: string
}

export function createRunRepository(database: Database): RunRepository {
  const update = (run: Run) => {
    const { changes } = database.run(
      `UPDATE run SET name = ?, status = ?, config = ?, data = ?, finished_ms = ?, epoch = ?, best_epoch = ?,
         best_dev = ?, device = ?, failure = ?, notes = ?, note = ?, tags = ?, thresholds = ? WHERE run_id = ?`,
      ...[run.name, run.status, JSON.stringify(run.config), JSON.stringify(run.data), run.finishedMs],
      ...[run.epoch, run.bestEpoch, run.bestDev && JSON.stringify(run.bestDev), run.device, run.failure],
      ...[JSON.stringify(run.notes ?? []), run.note, JSON.stringify(run.tags ?? [])],
      ...[run.thresholds ? JSON.stringify(run.thresholds) : null, run.runId],
    )
    if (changes === 0) throw missing(database, 'run', run.runId)
  }
  const select = (rest: string, ...values: readonly (string | number)[]) =>
    database.all<RunRow>(`SELECT * FROM run ${rest}`, ...values).map(toRun)
  return {
    update,
    insert: (run) =>
      database.transaction(() => {
        database.run(
          'INSERT OR IGNORE INTO experiment (experiment_id, created_ms) VALUES (?, ?)',
          ...[run.experimentId, run.createdMs],
        )
        database.run(
          `INSERT INTO run (run_id, experiment_id, corpus_id, name, status, config, data, from_run_id, created_ms, epoch)
           VALUES (?, ?, ?, ?, ?, '{}', '{}', ?, ?, ?)`,
          ...[run.runId, run.experimentId, run.corpusId, run.name, run.status, run.fromRunId, run.createdMs, run.epoch],
        )
        update(run)
      }),
    find(runId) {
      const run = select('WHERE run_id = ? AND bin_id IS NULL', runId)[0]
      if (!run) throw missing(database, 'run', runId)
      return run
    },
    list: () => select('WHERE bin_id IS NULL ORDER BY created_ms DESC, rowid DESC'),
    ofExperiment: (experimentId) =>
      select('WHERE experiment_id = ? AND bin_id IS NULL ORDER BY created_ms DESC, rowid DESC', experimentId),
    listWithBin: () => select('ORDER BY created_ms DESC, rowid DESC'),
    addPoint: (runId, point) =>
      void database.run(
        'INSERT OR REPLACE INTO metric_point (run_id, epoch, point) VALUES (?, ?, ?)',
        ...[runId, point.epoch, JSON.stringify(point)],
      ),
    points: (runId) =>
      database
        .all<{ point: string }>('SELECT point FROM metric_point WHERE run_id = ? ORDER BY epoch', runId)
        .map(({ point }) => JSON.parse(point) as MetricPoint), // written by addPoint alone
    markInterrupted: () =>
      database.transaction(() => {
        const runs = select(`WHERE status IN ('running', 'queued')`).map((run): Run => ({
          ...run,
          status: 'interrupted',
        }))
        runs.forEach(update)
        return runs
      }),
  }
}

function toRun(row: RunRow): Run {
  const config = upgradeRunConfig(JSON.parse(row.config) as Run['config']) // these are written from a Run
  return {
    runId: row.run_id,
    experimentId: row.experiment_id,
    name: row.name,
    corpusId: row.corpus_id,
    status: row.status,
    config,
    data: JSON.parse(row.data) as Run['data'],
    fromRunId: row.from_run_id,
    createdMs: row.created_ms,
    finishedMs: row.finished_ms,
    epoch: row.epoch,
    bestEpoch: row.best_epoch,
    bestDev: row.best_dev === null ? null : (JSON.parse(row.best_dev) as Run['bestDev']),
    device: row.device,
    failure: row.failure,
    notes: JSON.parse(row.notes) as readonly string[],
    note: row.note,
    ...(row.tags !== '[]' && { tags: JSON.parse(row.tags) as readonly string[] }),
    thresholds: readThresholds(row.thresholds, config),
  }
}
