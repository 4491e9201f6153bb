/** Builds everything the program can do on one workspace, by hand; shells only add a way to call it. */
import path from 'node:path'
import type { Handlers } from '#main/api/handlers'
import type { KeptBackup } from '#main/document/kept-backup'
import { mendFolder } from '#main/files/private'
import { createUploads, type Uploads } from '#main/files/uploads'
import { openWorkspace } from '#main/storage/workspace'
import type { ComputeHost } from '#main/compute/messages'
import { createAnnotations } from './annotations/annotations.ts'
import { createBatches } from './annotations/batches.ts'
import { createBin } from './bin/bin.ts'
import { eraseExpired } from './bin/erase.ts'
import { createRemoving } from './bin/removal.ts'
import { createSweep } from './bin/sweep.ts'
import { createComparisons } from './comparisons/comparisons.ts'
import { configFolder } from '#main/machine/config-folder'
import type { ServiceContext } from './context.ts'
import { createCorpora } from './corpora/corpora.ts'
import { createImportKind } from './corpora/import-kind.ts'
import { createStatisticsKind } from './corpora/statistics-kind.ts'
import { createTurns } from '#main/storage/turns'
import { createCalibrations } from './runs/calibrations.ts'
import { createCorpusFacts } from './runs/corpus-facts.ts'
import { createEvaluator } from './runs/evaluator.ts'
import { createDownloads } from './system/downloads.ts'
import { createExperimentKind, type ExperimentKind } from './experiments/experiment-kind.ts'
import { createExperiments } from './experiments/experiments.ts'
import { createEventBus } from './system/events.ts'
import { createExtractKind } from './extraction/extract-job.ts'
import { createExtractionRules } from './extraction/rules.ts'
import { createExtraction } from './extraction/extraction.ts'
import { createJobs } from './jobs/jobs.ts'
import { createLabels } from './labels/labels.ts'
import { createModels } from './models/models.ts'
import { createPredictor } from './runs/predictor.ts'
import { dropUnusedEncoders } from './runs/run-encoder.ts'
import { createRunMaker } from './runs/make-runs.ts'
import { createTrainKind } from './runs/train-kind.ts'
import { createTraining } from './runs/training.ts'
import { createEvaluate, createScoreKind } from './runs/score-kind.ts'
import { createEffectsKind, createMeasureEffects } from './runs/effects-kind.ts'
import { createMeasureSpread, createSpreadKind } from './runs/spread-kind.ts'
import { createTune, createTuneKind } from './runs/tune-kind.ts'
import { createExport, createExportKind } from './results/export-kind.ts'
import { createResultExporter } from './results/result-export.ts'
import { createResults } from './results/results.ts'
import { createRowListing } from './results/row-listing.ts'
import { createBackendLadder } from '#main/machine/backend-ladder'
import { createRuns } from './runs/runs.ts'
import { createSampleKind } from './samples/sample-kind.ts'
import { createSamples } from './samples/samples.ts'
import { createSuggestions } from './suggestions/suggestions.ts'
import { createPredictions } from './predictions/predictions.ts'
import { createSystem } from './system/system.ts'
import { createReads } from './reads/reads.ts'
import { createTeam } from './team/team.ts'
import { createLogFile, logLevelOf } from '#main/files/log-file'
import { createEventLog, logCalls } from './system/log-calls.ts'
import { noteFaults, noteOpening } from './system/log-start.ts'
import { createTasks } from './system/tasks.ts'
import { refuseUnknown } from './refuse-unknown.ts'
import { refuseWrites } from './system/refuse-writes.ts'
import { copyForReading, whyReadOnly } from '#main/storage/read-only-copy'
import { createTellOnce } from './system/tell-once.ts'
import { createWordsAhead } from './runs/words-ahead.ts'
import { createVectorFiles } from './runs/vector-files.ts'
import { createBooks } from './books/books.ts'
import type { OpenOther } from './workspaces/open-other.ts'
import { createBackupKind } from './workspaces/backup-kind.ts'
import { createKeeper } from './workspaces/keeper.ts'
import { carryOutPutBack } from './workspaces/put-back.ts'
import { createSoundness } from './workspaces/soundness.ts'
import { readOwnPackage } from '#main/machine/own-package'
import { createWorkspaces } from './workspaces/workspaces.ts'

export interface ServiceOptions {
  /** Folder of the workspace; made when it is not there. */
  readonly workspace: string
  readonly compute: ComputeHost
  /** Folder for what belongs to the machine and to no workspace; the system's own place for it when left out. */
  readonly config?: string
  /** Opens another workspace in place of this one, where the shell can. */
  readonly openOther?: OpenOther
  /** Milliseconds since 1970. */
  readonly now?: () => number
  /** Is told while the workspace is opened, before something that may take minutes. */
  readonly tell?: (message: string) => void
}

export interface Services {
  readonly handlers: Handlers
  /** Files that browsers send, for the shell that takes them in. */
  readonly uploads: Uploads
  /** Makes the daily backup if it is due. */
  keepBackup(): Promise<KeptBackup | null>
  /** Interrupts what runs, keeps its last checkpoint, and lets the workspace go. */
  close(): Promise<void>
}

/** @throws AppError when the workspace is in use, newer than the program, or damaged. */
export async function openServices({
  workspace: folder,
  compute,
  config = configFolder(),
  now = Date.now,
  openOther,
  tell,
}: ServiceOptions): Promise<Services> {
  const place = path.resolve(folder)
  const readOnly = whyReadOnly(place)
  if (readOnly === null) await carryOutPutBack(folder, now(), (note) => tell?.(note))
  else tell?.(`The workspace ${place} is open for reading alone, since ${readOnly}.`)
  const copy = readOnly === null ? null : copyForReading(place)
  const workspace = openWorkspace(copy?.folder ?? folder, { now, tell, version: readOwnPackage().version })
  mendFolder(config, [/^machine\.json/, /^workspaces\.json/])
  const log = createLogFile({
    ...{ file: path.join(workspace.folder, 'espalier.log'), now },
    level: logLevelOf(process.env['ESPALIER_LOG']),
  })
  const stopNotingFaults = noteFaults(log)
  noteOpening(log, workspace)
  const noteEvent = createEventLog(log)
  const bus = createEventBus()
  const tasks = createTasks(bus)
  const uploads = createUploads({
    folder: path.join(workspace.folder, 'incoming'),
    isHeld: workspace.jobs.isNamed,
    now,
  })
  await uploads.restore()
  const reads = createReads(workspace)
  const corpusFacts = createCorpusFacts({ workspace, reads })
  const countWordsAhead = createWordsAhead(workspace, corpusFacts)
  const context: ServiceContext = {
    workspace,
    reads,
    emit(event) {
      noteEvent(event)
      bus.emit(event)
      if (event.type === 'corpora-changed') void countWordsAhead()
      if (event.type === 'run-point') experimenting.onPoint(event.runId, event.point.epoch)
    },
    tellOnce: createTellOnce(bus.emit),
    tasks,
    vectorFiles: createVectorFiles(path.join(workspace.folder, 'vectors')),
    uploads,
    downloads: createDownloads(),
    inTurn: createTurns(),
    now,
  }
  // what a killed program left behind can be resumed, but never starts by itself: the person may be here for something else
  workspace.runs.markInterrupted()
  if (!copy) {
    await eraseExpired(workspace, now())
    // a program that ended between copying an encoder and making its runs left it behind; no run is being made yet
    dropUnusedEncoders(workspace)
  }
  const ladder = createBackendLadder({ compute, file: path.join(config, 'machine.json'), now })
  const predictor = createPredictor(context, compute, ladder)
  const evaluator = createEvaluator(context, predictor)
  const calibrations = createCalibrations(context, predictor, () => jobs)
  const rules = createExtractionRules(context, calibrations)
  const sweep = createSweep(context)
  if (!copy) void sweep.run()
  const importing = createImportKind(context, () => void sweep.run())
  const batches = createBatches(context)
  if (!copy) batches.resume()
  const listing = createRowListing(context)
  const exporter = createResultExporter(context, listing)
  const [scoring, tuning, spreading, effects, exporting, sampling, statistics, backup] = [
    createScoreKind(context, evaluator),
    createTuneKind(context, evaluator),
    createSpreadKind(context, evaluator),
    createEffectsKind(context, predictor),
    createExportKind(context, exporter),
    createSampleKind(context),
    createStatisticsKind(context),
    createBackupKind(context),
  ]
  const experimenting: ExperimentKind = createExperimentKind(context, () => ({ training, evaluate }))
  const jobs = createJobs(context, [
    createTrainKind(context, compute, ladder, { tune: evaluator.tune, onTrained: calibrations.begin }),
    createExtractKind(context, { predictor, rules, listing }),
    importing.kind,
    scoring.kind,
    tuning.kind,
    spreading.kind,
    effects.kind,
    calibrations.kind,
    exporting.kind,
    sampling.kind,
    statistics.kind,
    backup.kind,
    experimenting.kind,
  ])
  const soundness = createSoundness(context, readOnly)
  const keeper = createKeeper(context, soundness)
  const training = createTraining(context, jobs)
  const removing = createRemoving(context, training, calibrations)
  const { find } = workspace.runs
  const evaluate = createEvaluate(evaluator, scoring, jobs)
  const maker = createRunMaker(context, ladder)
  const runs = createRuns(context, {
    ...{ corpusFacts, training, evaluator, evaluate, calibrations, maker, ladder },
    tune: createTune(tuning, jobs),
    spread: createMeasureSpread(spreading, jobs),
    effects: createMeasureEffects(effects, jobs),
  })
  const handlers: Handlers = {
    corpora: {
      ...createCorpora(context, () => void sweep.run(), { kind: importing, statistics, jobs }),
      ...removing.corpora,
    },
    labels: createLabels(context, batches),
    annotations: createAnnotations(
      context,
      (runId, ...request) => predictor.ensureById(find(runId), ...request),
      batches,
    ),
    suggestions: createSuggestions(context, batches),
    runs: { ...runs, ...removing.runs },
    experiments: createExperiments(context, { maker, jobs, estimate: runs.estimate }),
    models: createModels(context, calibrations, { compute, ladder }),
    comparisons: createComparisons(context, evaluator),
    predictions: createPredictions(context),
    extraction: createExtraction(context, predictor, rules, jobs),
    results: createResults(context, { listing, exporter, exportTo: createExport(context, exporting, jobs) }),
    samples: createSamples(context, sampling, jobs),
    team: createTeam(context),
    jobs: jobs.handlers,
    bin: createBin(context, tasks, sweep),
    system: createSystem(context, { bus, tasks, ladder, soundness, log }),
    books: createBooks(),
    workspaces: createWorkspaces(context, {
      ...{ config, getRun: (runId: string) => runs.get({ runId }), openOther, jobs, backup, soundness, place },
    }),
  }
  const known = refuseUnknown(handlers, workspace.known)
  return {
    handlers: logCalls(readOnly === null ? known : refuseWrites(known, readOnly), log),
    uploads,
    keepBackup: keeper.keep,
    async close() {
      await keeper.close()
      uploads.close()
      await batches.close()
      await calibrations.close()
      await jobs.close()
      await listing.close()
      predictor.close()
      await compute.close()
      await sweep.close()
      await context.reads.close()
      bus.close()
      await workspace.endThreads()
      workspace.close()
      stopNotingFaults()
      copy?.remove()
      log.note('info', 'closed')
      log.close()
    },
  }
}
