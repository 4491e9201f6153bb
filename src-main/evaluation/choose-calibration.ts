/** Chooses how a run is calibrated, by cross-validation on dev, and says what the choice is worth on guesses it has not seen. */
import { calibrate, calibrationMethods, fitCalibration, type Calibration, type CalibrationKind } from './calibration.ts'
import { reliabilityOf, type Reliability, type Stated } from './reliability.ts'
import type { TripleGuess } from './triple-guesses.ts'

export interface ChosenCalibration {
  readonly kind: CalibrationKind
  /** Fitted on all guesses. */
  readonly calibration: Calibration
  /** Brier's score of every kind on the folds that it was not fitted to; the lowest was chosen. */
  readonly tried: readonly (CalibrationKind & { readonly brier: number })[]
  /** Of the probabilities as the model states them. */
  readonly before: Reliability
  /**
   * Of calibrated probabilities, each fold by a calibration that was both chosen and fitted without it: what to expect on other
   * text.
   */
  readonly after: Reliability
  /** The kind that was the best of those tried and made the error on held-out folds larger, so that none is used; null otherwise. */
  readonly rejected: { readonly kind: CalibrationKind; readonly after: Reliability } | null
}

export const calibrationFolds = 5

/** Number of guesses below which nothing is calibrated: each fold would hold a handful. */
export const leastToCalibrate = 50

const foldOf = ({ sentence }: TripleGuess): number => sentence % calibrationFolds

const kinds: readonly CalibrationKind[] = calibrationMethods.flatMap((method) =>
  [false, true].map((hasShifts) => ({ method, hasShifts })),
)

/** Sentences never stand in two folds. Yields between parts of the work, of which each takes a fraction of a second. */
export function* chooseCalibration(guesses: readonly TripleGuess[]): Generator<void, ChosenCalibration> {
  const before = reliabilityOf(guesses)
  if (guesses.length < leastToCalibrate) {
    return { ...asStated(before), tried: [], rejected: null }
  }
  const { kind, tried } = yield* choose(guesses)
  const heldOut: Stated[] = []
  for (let fold = 0; fold < calibrationFolds; fold++) {
    const others = guesses.filter((guess) => foldOf(guess) !== fold)
    const chosen = yield* choose(others)
    const calibration = fitCalibration(others, chosen.kind)
    heldOut.push(
      ...stateBy(
        calibration,
        guesses.filter((guess) => foldOf(guess) === fold),
      ),
    )
    yield
  }
  const after = reliabilityOf(heldOut)
  if (kind.method === 'none' && !kind.hasShifts) return { ...asStated(before), tried, rejected: null }
  if (isWorse(after, before)) return { ...asStated(before), tried, rejected: { kind, after } }
  return { kind, tried, before, calibration: fitCalibration(guesses, kind), after, rejected: null }
}

/** Probabilities as the model states them. */
function asStated(before: Reliability): Pick<ChosenCalibration, 'kind' | 'calibration' | 'before' | 'after'> {
  const kind: CalibrationKind = { method: 'none', hasShifts: false }
  return { kind, calibration: fitCalibration([], kind), before, after: before }
}

/** Whether one of the two errors grew: a calibration that trades one for the other has not shown that it helps. */
function isWorse(after: Reliability, before: Reliability): boolean {
  return after.brier > before.brier || after.ece > before.ece
}

/** The kind with the lowest Brier score on the folds that it was not fitted to; of equal ones the simplest. */
function* choose(
  guesses: readonly TripleGuess[],
): Generator<void, { kind: CalibrationKind; tried: ChosenCalibration['tried'] }> {
  const folds = [...Map.groupBy(guesses, foldOf).keys()].map((fold) => ({
    others: guesses.filter((guess) => foldOf(guess) !== fold),
    own: guesses.filter((guess) => foldOf(guess) === fold),
  }))
  const tried: (CalibrationKind & { brier: number })[] = []
  for (const kind of kinds) {
    const stated = folds.flatMap(({ others, own }) => stateBy(fitCalibration(others, kind), own))
    tried.push({ ...kind, brier: reliabilityOf(stated).brier })
    yield
  }
  const [first, ...rest] = tried
  if (!first) throw new Error('There is no way to calibrate.')
  const best = rest.reduce((winner, each) => (each.brier < winner.brier ? each : winner), first)
  return { kind: { method: best.method, hasShifts: best.hasShifts }, tried }
}

export function stateBy(calibration: Calibration, guesses: readonly TripleGuess[]): Stated[] {
  return guesses.map(({ relation, probability, isRight }) => ({
    probability: calibrate(calibration, relation, probability),
    isRight,
  }))
}
