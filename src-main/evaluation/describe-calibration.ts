/** What a calibration is, in words. */
import type { CalibrationKind } from './calibration.ts'
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

/** How it was chosen. */
export function describeChoice({ kind, tried, before }: Pick<ChosenCalibration, 'kind' | 'tried' | 'before'>): string {
  if (tried.length === 0)
    return `Dev has ${before.count} guesses, fewer than the ${leastToCalibrate} that a calibration needs: probabilities stay as they are.`
  return `Calibrated by ${nameKind(kind)}: of ${tried.length} ways it had the least Brier score in ${calibrationFolds}-fold cross-validation on dev.`
}

/** What the error after calibration on dev rests on. */
export const howMeasured = 'The error after it was measured on folds of dev that had no part in choosing or fitting it.'
