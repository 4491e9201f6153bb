/** Migrations: the ordered steps from an empty database to today's schema, and who may take them. */
import { AppError } from '#main/core/errors'
import type { Database } from '../database.ts'
import { initial } from './0001-initial.ts'
import { runNotes } from './0002-run-notes.ts'
import { runThresholds } from './0003-run-thresholds.ts'
import { operationBatch } from './0004-operation-batch.ts'
import { labelChange } from './0005-label-change.ts'
import { itemRemarks } from './0006-item-remarks.ts'
import { charBounds } from './0007-char-bounds.ts'
import { runNote } from './0008-run-note.ts'
import { bin } from './0009-bin.ts'
import { evaluations } from './0010-evaluations.ts'
import { publishing } from './0011-publishing.ts'
import { stagedIndex } from './0012-staged-index.ts'
import { soo } from './0013-soo.ts'
import { splitting } from './0014-splitting.ts'
import { counters } from './0015-counters.ts'
import { layers } from './0016-layers.ts'
import { predictionScores } from './0017-prediction-scores.ts'
import { keptStatistics } from './0018-kept-statistics.ts'
import { splitActs } from './0019-split-acts.ts'
import { likeness } from './0020-likeness.ts'
import { jobs } from './0021-jobs.ts'
import { layerCounts } from './0022-layer-counts.ts'
import { goldDifferences } from './0023-gold-differences.ts'
import { savedFilters } from './0024-saved-filters.ts'
import { letters } from './0025-letters.ts'
import { importProblems } from './0026-import-problems.ts'
import { violations } from './0027-violations.ts'
import { extractionJobs } from './0028-extraction-jobs.ts'
import { calibrations } from './0029-calibrations.ts'
import { extractedRows } from './0030-extracted-rows.ts'
import { checkSamples } from './0031-check-samples.ts'
import { layerChange } from './0032-layer-change.ts'
import { movedDocuments } from './0033-moved-documents.ts'
import { resultsApart } from './0034-results-apart.ts'
import { extractionAttempts } from './0035-extraction-attempts.ts'
import { sentenceCounts } from './0036-sentence-counts.ts'
import { comparisons } from './0037-comparisons.ts'
import { systems } from './0038-systems.ts'
import { experiments } from './0039-experiments.ts'
import { batchActs } from './0040-batch-acts.ts'
import { runTags } from './0041-run-tags.ts'
import { packages } from './0042-packages.ts'
import { suggestionSources } from './0043-suggestion-sources.ts'
import { segmentation } from './0044-segmentation.ts'
import { layerDisputes } from './0045-layer-disputes.ts'
import type { Migration } from './migration.ts'

/** In order. A released migration is never edited: later schemas add to the end. */
export const migrations: readonly Migration[] = [
  initial,
  runNotes,
  runThresholds,
  operationBatch,
  labelChange,
  itemRemarks,
  charBounds,
  runNote,
  bin,
  evaluations,
  publishing,
  stagedIndex,
  soo,
  splitting,
  counters,
  layers,
  predictionScores,
  keptStatistics,
  splitActs,
  likeness,
  jobs,
  layerCounts,
  goldDifferences,
  savedFilters,
  letters,
  importProblems,
  violations,
  extractionJobs,
  calibrations,
  extractedRows,
  checkSamples,
  layerChange,
  movedDocuments,
  resultsApart,
  extractionAttempts,
  sentenceCounts,
  comparisons,
  systems,
  experiments,
  batchActs,
  runTags,
  packages,
  suggestionSources,
  segmentation,
  layerDisputes,
]

interface MigrationOptions {
  readonly tell?: ((message: string) => void) | undefined
  /** What is to be done before the schema of a database that was used before changes; what it throws leaves the schema as it is. */
  readonly before?: () => void
}

/**
 * Brings the database to today's schema, each step in a transaction of its own.
 * @param options.tell is told before the first step of a database that was used before; `options.before` is called right after.
 * @throws AppError when its history is not a beginning of ours: a newer version or another program wrote it.
 */
export function migrate(
  database: Database,
  nowMs: number,
  steps: readonly Migration[] = migrations,
  { tell, before }: MigrationOptions = {},
): void {
  refuseForeign(database)
  database.script('CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, at_ms INTEGER NOT NULL) STRICT')
  const applied = database.all<{ name: string }>('SELECT name FROM migration ORDER BY name').map(({ name }) => name)
  refuseUnknown(database, applied, steps)
  const ahead = steps.length - applied.length
  if (applied.length > 0 && ahead > 0) {
    tell?.(
      `The workspace is being brought from schema ${applied.length} to ${steps.length}. A copy is kept first. With a million sentences that takes minutes; a kill meanwhile loses nothing.`,
    )
    before?.()
  }
  steps.slice(applied.length).forEach(({ name, sql, fill }, index) =>
    database.transaction(() => {
      database.script(sql)
      fill?.(database)
      database.run('INSERT INTO migration (name, at_ms) VALUES (?, ?)', name, nowMs)
      database.script(`PRAGMA user_version = ${applied.length + index + 1}`)
    }),
  )
}

export function schemaVersion(database: Database): number {
  return database.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0
}

function refuseForeign(database: Database): void {
  const tables = database.all<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table'`)
  if (tables.length > 0 && !tables.some(({ name }) => name === 'migration'))
    throw new AppError(
      'storage',
      `${database.path} is a database of another program (it holds ${tables[0]?.name}). Move the file away, or choose another workspace.`,
    )
}

function refuseUnknown(database: Database, applied: readonly string[], steps: readonly Migration[]): void {
  const version = schemaVersion(database)
  const unknown = applied.find((name, index) => name !== steps[index]?.name)
  if (version > steps.length || (unknown !== undefined && applied.length > steps.length))
    throw new AppError(
      'storage',
      `${database.path} was written by a newer version of Espalier (schema ${version}, this program knows up to ${steps.length}). Update Espalier, or choose another workspace.`,
    )
  if (unknown !== undefined || version !== applied.length)
    throw new AppError(
      'storage',
      `${database.path} has a history that this program does not know (${unknown ?? `schema ${version}`}). It was written by another program or changed by hand: restore it from a backup, or choose another workspace.`,
    )
}
