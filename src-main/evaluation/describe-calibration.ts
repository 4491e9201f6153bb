/** What a calibration is, in words. */
import type { CalibrationKind } from './calibration.ts'
import type { Reliability } from './reliability.ts'
import { calibrationFolds, leastToCalibrate, type ChosenCalibration } from './choose-calibration.ts'

const methods: Readonly<Record<CalibrationKind['method'], string>> = {
  none: 'the probabilities as they are',
  platt: 'Platt scaling of the log odds',
  beta: 'beta calibration',
  isotonic: 'isotonic regression',
}

export function nameKind({ method, hasShifts }: CalibrationKind): string {
  return hasShifts ? `${methods[method]}, with a shift for each frequent relation type` : methods[method]
}

type Chosen = Pick<ChosenCalibration, 'kind' | 'tried' | 'before' | 'rejected'>

/** How it was chosen, or why there is none. */
export function describeChoice(chosen: Chosen): string {
  const { kind, tried, before } = chosen
  if (tried.length === 0)
    return `Dev has ${before.count} guesses, fewer than the ${leastToCalibrate} that a calibration needs: probabilities stay as they are.`
  return (
    whyUncalibrated(chosen) ??
    `Calibrated by ${nameKind(kind)}: of ${tried.length} ways it had the least Brier score in ${calibrationFolds}-fold cross-validation on dev.`
  )
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

/** Why a calibration is not used that was fitted; null where there is none, or it is used. */
export function whyUncalibrated({ before, rejected }: Pick<ChosenCalibration, 'before' | 'rejected'>): string | null {
  if (!rejected) return null
  const best = `the best one (${nameKind(rejected.kind)})`
  return `No calibration is used, and probabilities stay as the model states them: on folds of dev that had no part in it, ${best} ${describeErrors(before, rejected.after)}.`
}

/** Both errors, each with whether it grew: one may grow while the other shrinks. */
function describeErrors(before: Reliability, after: Reliability): string {
  const [ece, brier] = [
    `expected calibration error ${percent(before.ece)} before and ${percent(after.ece)} after`,
    `Brier score ${before.brier.toFixed(4)} before and ${after.brier.toFixed(4)} after`,
  ]
  const [isEceWorse, isBrierWorse] = [after.ece > before.ece, after.brier > before.brier]
  if (isEceWorse && isBrierWorse) return `made both errors larger (${ece}, ${brier})`
  const [smaller, larger] = isEceWorse ? [brier, ece] : [ece, brier]
  return `made one error smaller (${smaller}) and the other larger (${larger}), and a calibration is used only where neither grows`
}

/** What the error after calibration on dev rests on. */
export const howMeasured = 'The error after it was measured on folds of dev that had no part in choosing or fitting it.'
