/** The calibration of a run from its stored predictions of dev, in the thread that reads. */
import { calibrateRun, type RunCalibration } from '#main/evaluation/run-calibration'
import type { StringMode } from '#main/evaluation/match-strings'
import { splitForRun } from './run-splits.ts'
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
