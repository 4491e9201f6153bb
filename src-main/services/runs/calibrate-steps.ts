/** The calibration of a run from its stored predictions of dev, and its worth on a split, in the thread that reads. */
import { checkCalibration, type CalibrationCheck } from '#main/evaluation/calibration-check'
import { calibrateRun, type RunCalibration } from '#main/evaluation/run-calibration'
import type { StringMode } from '#main/evaluation/match-strings'
import type { Split } from '#main/document/doc'
import { splitForRun, splitSteps, type DividedRun } from './run-splits.ts'
import type { ReadWorkspace } from '#main/storage/reader/read-workspace'

export interface CalibrationRequest {
  readonly runId: string
  readonly corpusId: number
  readonly mode: StringMode
  /** True where the run was made with a part of train as dev. */
  readonly isDevLent: boolean
}

export function* calibrationSteps(
  { corpora, predictions, calibrations }: Pick<ReadWorkspace, 'corpora' | 'predictions' | 'calibrations'>,
  { runId, corpusId, mode, isDevLent }: CalibrationRequest,
): Generator<void, Omit<RunCalibration, 'text'>> {
  const dev = splitForRun(corpora, corpusId, 'dev', { data: isDevLent ? { isDevLent } : {} })
  yield
  const stored = predictions.of(
    runId,
    dev.map(({ sentenceId }) => sentenceId),
  )
  yield
  const predicted = dev.map(({ sentenceId }) => stored.get(sentenceId))
  const calibration = yield* calibrateRun(dev, predicted, mode)
  return { ...calibration, seen: calibrations.seenSignatures(corpusId) }
}

export interface CheckRequest {
  readonly runId: string
  readonly corpusId: number
  readonly split: Split
  /** A run that says how the corpus is divided. */
  readonly divided: DividedRun
  /** Precisions that are wanted, each 0 to 1. */
  readonly precisions: readonly number[]
}

/** What the stored calibration of a run is worth on a split whose predictions are stored. */
export function* checkSteps(
  { corpora, predictions, calibrations }: Pick<ReadWorkspace, 'corpora' | 'predictions' | 'calibrations'>,
  { runId, corpusId, split, divided, precisions }: CheckRequest,
): Generator<void, CalibrationCheck> {
  const calibration = calibrations.find(runId)
  if (!calibration) throw new Error(`No calibration of run ${runId} is stored`) // its maker stores one first
  const sentences = yield* splitSteps(corpora, corpusId, split, divided)
  const stored = predictions.of(
    runId,
    sentences.map(({ sentenceId }) => sentenceId),
  )
  yield
  return checkCalibration(
    calibration,
    sentences,
    sentences.map(({ sentenceId }) => stored.get(sentenceId)),
    precisions,
  )
}
