/** Workspace: one folder with the database, checkpoints and encoders, open in one process at a time. */
import { rmSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { isPrivate, makePrivateFolder, mendFolder } from '#main/files/private'
import { AppError } from '#main/core/errors'
import type { RepairName } from '#main/core/finding'
import type { KeptBackup } from '#main/document/kept-backup'
import { keepBackup, type Kept, type KeepOptions } from './backup/keep-backup.ts'
import { keepBeforeMigration } from './backup/keep-before-migration.ts'
import { keptFolder, listKept } from './backup/kept-backups.ts'
import { finishPuttingBack } from './backup/put-back.ts'
import { finishRestore } from './backup/restore-backup.ts'
import { writeBackup, type Backup, type BackupOptions } from './backup/write-backup.ts'
import { createAssignmentRepository, type AssignmentRepository } from './assignment-repository.ts'
import { createAnnotationRepository, type AnnotationRepository } from './annotation-repository.ts'
import { createCalibrationRepository, type CalibrationRepository } from './calibration-repository.ts'
import { forgetUnchecked } from './batch-acts.ts'
import { createBatchRepository, type BatchRepository } from './batch-repository.ts'
import { createBinRepository, type BinRepository } from './bin-repository.ts'
import { checkWorkspace, type CheckOptions, type CheckReport } from './check/check-workspace.ts'
import { repairDatabase } from './check/repair-database.ts'
import { createCheckpointFiles, type CheckpointFiles } from './checkpoint-files.ts'
import { createComparisonRepository, type ComparisonRepository } from './comparison-repository.ts'
import { createCorpusRepository, type CorpusRepository } from './corpus-repository.ts'
import type { Database } from './database.ts'
import { createEncoderFiles, type EncoderFiles } from './encoder-files.ts'
import { createEraser, type Eraser } from './eraser.ts'
import { createEvaluationRepository, type EvaluationRepository } from './evaluation-repository.ts'
import { createExperimentRepository, type ExperimentRepository } from './experiment-repository.ts'
import { createExtractionRepository, type ExtractionRepository } from './extraction-repository.ts'
import { createCorrectionRepository, type CorrectionRepository } from './extractions/correction-repository.ts'
import { createResultRepository, type ResultRepository } from './extractions/result-repository.ts'
import { openWithResults, prepareResults } from './extractions/results-file.ts'
import { createRowLister, type RowLister } from './extractions/row-lister.ts'
import { createJobRepository, type JobRepository } from './jobs/job-repository.ts'
import { createFilterRepository, type FilterRepository } from './filter-repository.ts'
import { createKnownIds, type KnownIds } from './known-ids.ts'
import { integrityOf } from './integrity.ts'
import { createLabelRepository, type LabelRepository } from './label-repository.ts'
import { migrate, migrations, schemaVersion } from './migrations/migrations.ts'
import { finishPublishing } from './publish.ts'
import { createLayerRepository, type LayerRepository } from './layer-repository.ts'
import { createPredictionRepository, type PredictionRepository } from './prediction-repository.ts'
import { createRunRepository, type RunRepository } from './run-repository.ts'
import { finishRenumbering } from './segmentation/place.ts'
import { finishMoving } from './split-acts.ts'
import { createSplitRepository, type SplitRepository } from './split-repository.ts'
import { createSampleRepository, type SampleRepository } from './sample-repository.ts'
import { createSystemRepository, type SystemRepository } from './system-repository.ts'
import { createSuggestionRepository, type SuggestionRepository } from './suggestion-repository.ts'
import { createSettingsRepository, type SettingsRepository } from './settings-repository.ts'
import { openOwnDatabase } from './own-database.ts'
import { createReader, type Reader } from './reader/reader.ts'
import { databaseName, erasedName, machineNames, workspaceNames } from './workspace-names.ts'

export interface Workspace {
  readonly folder: string
  readonly corpora: CorpusRepository
  readonly splits: SplitRepository
  readonly filters: FilterRepository
  readonly labels: LabelRepository
  readonly layers: LayerRepository
  readonly assignments: AssignmentRepository
  readonly annotations: AnnotationRepository
  readonly batches: BatchRepository
  readonly runs: RunRepository
  readonly experiments: ExperimentRepository
  readonly predictions: PredictionRepository
  readonly suggestions: SuggestionRepository
  readonly evaluations: EvaluationRepository
  readonly comparisons: ComparisonRepository
  readonly systems: SystemRepository
  readonly calibrations: CalibrationRepository
  readonly extractions: ExtractionRepository
  /** Triples of extractions as rows. */
  readonly results: ResultRepository
  readonly corrections: CorrectionRepository
  readonly samples: SampleRepository
  readonly jobs: JobRepository
  readonly settings: SettingsRepository
  readonly bin: BinRepository
  readonly eraser: Eraser
  readonly known: KnownIds
  readonly checkpoints: CheckpointFiles
  readonly encoders: EncoderFiles
  /** Writes all that `work` does, or nothing of it; `work` must not await. */
  transaction<T>(work: () => T): T
  /** @param integrity what `integrityOf` found in another thread: in a large database that takes a while. */
  health(integrity?: string): WorkspaceHealth
  /** A thread that reads, whose file serves these tasks; it has to be closed before the workspace is. */
  createReader<Tasks>(entry: URL): Reader<Tasks>
  /** A thread that makes the rows of results; it has to be closed before the workspace is. */
  createRowLister(): RowLister
  /** Writes a copy of all this into a new folder or archive while work goes on. */
  backUp(options: Omit<BackupOptions, 'nowMs'>): Promise<Backup>
  /** Copies the database into the folder of kept backups while work goes on. */
  keepBackup(options: Omit<KeepOptions, 'nowMs'>): Promise<Kept>
  /** The kept backups, latest first. */
  listKept(): readonly KeptBackup[]
  /** False once somebody deleted or moved the database that is open here. */
  isThere(): boolean
  /** Saves a database that was deleted while it was open into a new folder, as a workspace. */
  saveInto(folder: string): Promise<void>
  /** True where the program that had it open before ended without closing it. */
  readonly wasLeftOpen: boolean
  /** Milliseconds since 1970 of the last write to the database. */
  changedMs(): number
  /** Looks for what is not as it should be while work goes on. */
  check(options?: CheckOptions): Promise<CheckReport>
  /** Writes the database anew, so that nothing of deleted rows is left in it, and removes the kept backups. @returns their number. */
  purge(): number
  /** Mends damage of one kind in place. @returns number of rows or sentences that are another now. */
  repair(name: RepairName, author: string): number
  /** Ends the threads of the database itself, before it is closed. */
  endThreads(): Promise<void>
  close(): void
}

export interface OpenOptions {
  /** Milliseconds since 1970. */
  readonly now?: () => number
  /** Version of the program, for the copy that is made before a migration. */
  readonly version?: string
  /** Is told before something that may take minutes. */
  readonly tell?: ((message: string) => void) | undefined
}

interface WorkspaceHealth {
  readonly path: string
  readonly schemaVersion: number
  /** Result of the integrity check: "ok", or what is wrong. */
  readonly integrity: string
  readonly sizeMb: number
  /** True when no other user of the machine can read the workspace. */
  readonly isPrivate: boolean
}

/**
 * Opens the workspace in `folder`, which is created when missing.
 * @throws AppError 'conflict' when another process has it open; 'storage' when it cannot be read or is of a newer version.
 */
export function openWorkspace(folder: string, options: OpenOptions = {}): Workspace {
  const now = options.now ?? Date.now
  const root = resolve(folder)
  finishRestore(root)
  finishPuttingBack(root)
  rmSync(join(root, erasedName), { recursive: true, force: true }) // what a kill left
  createFolder(root)
  mendFolder(root, [...workspaceNames, ...machineNames])
  const own = openOwnDatabase(root)
  const { database } = own
  try {
    const version = options.version ?? 'of unknown version'
    migrate(database, now(), migrations, {
      tell: options.tell,
      before: () => keepBeforeMigration(root, database, { nowMs: now(), version }),
    })
    const inode = statSync(database.path).ino
    const extractions = createExtractionRepository(database)
    extractions.markInterrupted()
    const jobs = createJobRepository(database)
    jobs.markInterrupted()
    finishMoving(database)
    finishRenumbering(database)
    forgetUnchecked(database)
    finishPublishing(database) // before the eraser takes what is out of sight
    prepareResults(database)
    const withResults = openWithResults(database.path)
    const checkpoints = createCheckpointFiles(join(root, 'checkpoints'))
    const runs = createRunRepository(database)
    const annotations = createAnnotationRepository(database)
    return {
      folder: root,
      corpora: createCorpusRepository(database, now),
      splits: createSplitRepository(database),
      filters: createFilterRepository(database),
      labels: createLabelRepository(database),
      layers: createLayerRepository(database),
      assignments: createAssignmentRepository(database),
      annotations,
      batches: createBatchRepository(database, annotations),
      runs,
      experiments: createExperimentRepository(database),
      predictions: createPredictionRepository(database),
      suggestions: createSuggestionRepository(database),
      evaluations: createEvaluationRepository(database),
      comparisons: createComparisonRepository(database, now),
      systems: createSystemRepository(database),
      calibrations: createCalibrationRepository(database),
      extractions,
      results: createResultRepository(withResults),
      corrections: createCorrectionRepository(database),
      jobs,
      samples: createSampleRepository(database),
      settings: createSettingsRepository(database),
      bin: createBinRepository(database, now),
      eraser: createEraser(database),
      known: createKnownIds(database),
      checkpoints,
      encoders: createEncoderFiles(join(root, 'encoders')),
      transaction: (work) => database.transaction(work),
      createReader: (entry) => createReader(database, entry),
      createRowLister: () => createRowLister(database.path),
      health: (integrity = integrityOf(database)) => healthOf(database, root, integrity),
      check: (options) => checkWorkspace({ root, database, checkpoints, runs }, options),
      backUp: (options) => writeBackup({ root, database, checkpoints }, { ...options, nowMs: now() }),
      purge() {
        database.script('VACUUM')
        database.truncateLog()
        const kept = listKept(root).length
        rmSync(keptFolder(root), { recursive: true, force: true })
        return kept
      },
      repair: (name, author) => repairDatabase(name, { database, annotations, author, nowMs: now() }),
      keepBackup: (options) => keepBackup(root, database, { ...options, nowMs: now() }),
      listKept: () => listKept(root),
      // Windows deletes no file that is open
      isThere: () => process.platform === 'win32' || statSync(database.path, { throwIfNoEntry: false })?.ino === inode,
      async saveInto(target) {
        makePrivateFolder(target)
        await database.copyTo(join(target, databaseName), () => undefined)
      },
      wasLeftOpen: own.wasLeftOpen,
      changedMs: () => Math.max(...[database.path, `${database.path}-wal`].map(changedAt)),
      endThreads: () => database.endThreads(),
      close() {
        withResults.close()
        own.close()
      },
    }
  } catch (error) {
    own.close()
    throw error
  }
}

function createFolder(root: string): void {
  try {
    makePrivateFolder(root)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError(
      'storage',
      `The workspace folder ${root} cannot be created (${reason}). Choose a folder that this user may write to.`,
    )
  }
}

function healthOf(database: Database, root: string, integrity: string): WorkspaceHealth {
  return {
    path: database.path,
    schemaVersion: schemaVersion(database),
    integrity,
    sizeMb: (sizeOf(database.path) + sizeOf(`${database.path}-wal`)) / 1e6,
    isPrivate: isPrivate(root) || isPrivate(database.path),
  }
}

/** When a file was written to; 0 where there is none, or nothing in it. */
function changedAt(file: string): number {
  const found = statSync(file, { throwIfNoEntry: false })
  return found && found.size > 0 ? found.mtimeMs : 0
}

/** Size of a file in bytes; 0 when there is none. What was written last is in the log beside the database. */
function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}
