/**
 * Calibration: from the probability that a model states to the share of triples of that probability that are right. It is fitted to
 * the guesses on dev, over all relation types together; types with enough guesses shift the log odds by a number of their own.
 */
import { interpolate, isotonicSteps, type Point } from './isotonic.ts'
import { fitLogistic, logitOf, sigmoid } from './logistic.ts'
import type { TripleGuess } from './triple-guesses.ts'

export const calibrationMethods = ['none', 'platt', 'beta', 'isotonic'] as const
export type CalibrationMethod = (typeof calibrationMethods)[number]

/** How probabilities of all relation types together are mapped. */
export type CalibrationMap =
  | { readonly method: 'none' }
  /** Log odds: slope * log odds + intercept (Platt 1999). */
  | { readonly method: 'platt'; readonly slope: number; readonly intercept: number }
  /** Log odds: a * ln(p) - b * ln(1 - p) + c (Kull and others 2017). */
  | { readonly method: 'beta'; readonly a: number; readonly b: number; readonly c: number }
  /** Straight lines between the steps of an isotonic regression. */
  | { readonly method: 'isotonic'; readonly points: readonly Point[] }

export interface Calibration {
  readonly map: CalibrationMap
  /** Number that is added to the log odds of a relation type; types that are not listed take the map as it is. */
  readonly shifts: Readonly<Record<string, number>>
}

/** What of the calibration is fitted. */
export interface CalibrationKind {
  readonly method: CalibrationMethod
  readonly hasShifts: boolean
}

/** Number of guesses from which on a relation type gets a shift. */
export const leastForShift = 30

/** No finite number of guesses shows that a triple is surely right, or surely wrong. */
const [lowest, highest] = [0.001, 0.999]

/** The calibrated probability of a triple of this relation type. */
export function calibrate({ map, shifts }: Calibration, relation: string, probability: number): number {
  const shift = Object.hasOwn(shifts, relation) ? (shifts[relation] ?? 0) : 0
  const mapped = applyMap(map, probability)
  const shifted = shift === 0 ? mapped : sigmoid(logitOf(mapped) + shift)
  return Math.min(highest, Math.max(lowest, shifted))
}

export function applyMap(map: CalibrationMap, probability: number): number {
  if (map.method === 'none') return probability
  if (map.method === 'isotonic') return interpolate(map.points, probability)
  if (map.method === 'platt') return sigmoid(map.slope * logitOf(probability) + map.intercept)
  const [lower, upper] = betaFeatures(probability)
  return sigmoid(map.a * lower + map.b * upper + map.c)
}

export function fitCalibration(guesses: readonly TripleGuess[], { method, hasShifts }: CalibrationKind): Calibration {
  const map = fitMap(guesses, method)
  return { map, shifts: hasShifts ? fitShifts(guesses, map) : {} }
}

function fitMap(guesses: readonly TripleGuess[], method: CalibrationMethod): CalibrationMap {
  if (method === 'none' || guesses.length === 0) return { method: 'none' }
  if (method === 'isotonic')
    return {
      method,
      points: isotonicSteps(guesses.map(({ probability, isRight }) => ({ x: probability, y: Number(isRight) }))),
    }
  if (method === 'platt') {
    const [slope = 1, intercept = 0] = fitRising(guesses, (probability) => [logitOf(probability)])
    return { method, slope, intercept }
  }
  const [a = 1, b = 1, c = 0] = fitRising(guesses, betaFeatures)
  return { method, a, b, c }
}

/**
 * Coefficients of the features, each of which rises with the probability, and of the intercept. None falls, since that would turn
 * the order of the triples round: a feature whose coefficient would is left out.
 */
function fitRising(guesses: readonly TripleGuess[], featuresOf: (probability: number) => readonly number[]): number[] {
  const target = plattTargets(guesses)
  const size = featuresOf(0.5).length
  const left = new Set<number>()
  for (;;) {
    const examples = guesses.map((guess) => ({
      features: [...featuresOf(guess.probability).map((value, at) => (left.has(at) ? 0 : value)), 1],
      target: target(guess),
    }))
    const coefficients = fitLogistic(examples)
    const falling = coefficients.findIndex((value, at) => at < size && value < 0)
    if (falling < 0) return coefficients
    left.add(falling)
  }
}

/** Platt's targets, a little away from 0 and 1: a sample that can be separated is no proof that all can. */
function plattTargets(guesses: readonly TripleGuess[]): (guess: TripleGuess) => number {
  const right = guesses.filter(({ isRight }) => isRight).length
  const [high, low] = [(right + 1) / (right + 2), 1 / (guesses.length - right + 2)]
  return ({ isRight }) => (isRight ? high : low)
}

function betaFeatures(probability: number): [lower: number, upper: number] {
  const kept = Math.min(1 - 1e-6, Math.max(1e-6, probability))
  return [Math.log(kept), -Math.log(1 - kept)]
}

/** A shift has a prior of mean 0 and deviation 1, so that a type with thirty guesses moves little. */
function fitShifts(guesses: readonly TripleGuess[], map: CalibrationMap): Record<string, number> {
  const shifts: [string, number][] = []
  for (const [relation, own] of Map.groupBy(guesses, (guess) => guess.relation)) {
    if (own.length < leastForShift) continue
    const examples = own.map(({ probability, isRight }) => ({
      ...{ features: [1], target: Number(isRight) },
      offset: logitOf(Math.min(highest, Math.max(lowest, applyMap(map, probability)))),
    }))
    shifts.push([relation, fitLogistic(examples, 1)[0] ?? 0])
  }
  return Object.fromEntries(shifts)
}
