/** Drift: how far the texts of an extraction are from those of dev, measured against how far the tenths of dev are from one another. */
import type { Thresholds } from '#main/document/prediction'
import { countOf } from '#main/text/numbers'
import { leastProbability, type PrecisionThresholds } from './precision-thresholds.ts'
import { unpackGuesses, type RunCalibration } from './run-calibration.ts'
import type { TextProfile } from './text-profile.ts'

/** Number of triples by relation type. */
export type RelationCounts = Readonly<Record<string, number>>

/** What is usual: the tenths of dev. */
export interface UsualText {
  readonly text: readonly TextProfile[]
  /** What the run finds in each tenth, with its thresholds. */
  readonly relations: readonly RelationCounts[]
}

export const driftMeasures = ['unseen words', 'words without vector', 'words per sentence', 'relation types'] as const

export interface DriftMeasure {
  readonly name: (typeof driftMeasures)[number]
  /** Share of the words, words per sentence, or share of the triples that would have to be of another type. */
  readonly value: number
  /** Mean of the tenths of dev, and three standard deviations around it. */
  readonly usual: { readonly mean: number; readonly low: number; readonly high: number }
  readonly isUnusual: boolean
}

export interface Drift {
  readonly sentences: number
  readonly words: number
  readonly measures: readonly DriftMeasure[]
}

export const tenths = 10

/** Deviations from the mean of the tenths beyond which a value is unusual. */
const deviations = 3

/** Smallest deviation that is reckoned with, as a share of the mean: tenths can be alike by chance. */
const leastDeviation = 0.02

/** What dev is like with the thresholds of the run; null where its words are not known. */
export function usualText(
  { text, guesses }: Pick<RunCalibration, 'text' | 'guesses'>,
  thresholds: Thresholds,
  precision: PrecisionThresholds | null,
): UsualText | null {
  if (text.length === 0) return null
  const relations = text.map((): Record<string, number> => ({}))
  const leastOf = (relation: string): number =>
    precision ? leastProbability(precision, relation) : (thresholds.byRelation[relation] ?? thresholds.usual)
  for (const { relation, probability, sentence } of unpackGuesses(guesses)) {
    const own = relations[sentence % tenths]
    if (own && probability >= leastOf(relation)) own[relation] = (own[relation] ?? 0) + 1
  }
  return { text, relations }
}

/** Null for fewer sentences than a tenth of dev has: so little text says nothing. */
export function driftOf(usual: UsualText, text: TextProfile, relations: RelationCounts): Drift | null {
  const tenth = usual.text.reduce((sum, { sentences }) => sum + sentences, 0) / tenths
  if (text.sentences < tenth || text.words === 0) return null
  const measures = [
    measure('unseen words', usual.text, ({ unseenWords, words }) => unseenWords / words, text),
    ...(text.wordsWithoutVector === null
      ? []
      : [measure('words without vector', usual.text, (one) => (one.wordsWithoutVector ?? 0) / one.words, text)]),
    measure('words per sentence', usual.text, ({ words, sentences }) => words / sentences, text),
    relationMeasure(usual.relations, relations),
  ].filter((one) => one !== null)
  return { sentences: text.sentences, words: text.words, measures }
}

function measure(
  name: DriftMeasure['name'],
  parts: readonly TextProfile[],
  of: (profile: TextProfile) => number,
  text: TextProfile,
): DriftMeasure {
  const values = parts.filter(({ words }) => words > 0).map(of)
  return judged(name, of(text), values, name === 'words per sentence')
}

/** A tenth is compared with the other nine, an extraction with all. */
function relationMeasure(parts: readonly RelationCounts[], relations: RelationCounts): DriftMeasure | null {
  const least = parts.reduce((sum, part) => sum + totalOf(part), 0) / tenths
  if (totalOf(relations) < least || least === 0) return null
  const values = parts
    .filter((part) => totalOf(part) > 0)
    .map((part) => distance(part, sumOf(parts.filter((other) => other !== part))))
  return judged('relation types', distance(relations, sumOf(parts)), values, false)
}

function judged(
  name: DriftMeasure['name'],
  value: number,
  values: readonly number[],
  isLowUnusual: boolean,
): DriftMeasure {
  const mean = values.reduce((sum, one) => sum + one, 0) / Math.max(1, values.length)
  const squares = values.reduce((sum, one) => sum + (one - mean) ** 2, 0)
  const deviation = Math.max(Math.sqrt(squares / Math.max(1, values.length - 1)), leastDeviation * mean)
  const [low, high] = [Math.max(0, mean - deviations * deviation), mean + deviations * deviation]
  return { name, value, usual: { mean, low, high }, isUnusual: value > high || (isLowUnusual && value < low) }
}

/** Total variation: the share of the triples of one that would have to be of another type to make both alike, 0 to 1. */
function distance(one: RelationCounts, other: RelationCounts): number {
  const [all, others] = [totalOf(one), totalOf(other)]
  const types = new Set([...Object.keys(one), ...Object.keys(other)])
  let sum = 0
  for (const type of types) sum += Math.abs((one[type] ?? 0) / all - (other[type] ?? 0) / others)
  return sum / 2
}

function totalOf(counts: RelationCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0)
}

function sumOf(parts: readonly RelationCounts[]): RelationCounts {
  return parts.reduce(addCounts, {})
}

export function addCounts(one: RelationCounts, other: RelationCounts): Record<string, number> {
  const sums = { ...one }
  for (const [type, count] of Object.entries(other)) sums[type] = (sums[type] ?? 0) + count
  return sums
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

const sentences: Readonly<Record<DriftMeasure['name'], (measure: DriftMeasure) => string>> = {
  'unseen words': ({ value, usual }) =>
    `${percent(value)} of the words were not in training (on dev ${percent(usual.mean)}, usually up to ${percent(usual.high)})`,
  'words without vector': ({ value, usual }) =>
    `${percent(value)} of the words have no vector and are read as unknown (on dev ${percent(usual.mean)}, usually up to ${percent(usual.high)})`,
  'words per sentence': ({ value, usual }) =>
    `a sentence has ${value.toFixed(1)} words (on dev ${usual.mean.toFixed(1)}, usually ${usual.low.toFixed(1)} to ${usual.high.toFixed(1)})`,
  'relation types': ({ value, usual }) =>
    `${percent(value)} of the triples would have to be of another relation type to be spread as on dev (between parts of dev ${percent(usual.mean)}, usually up to ${percent(usual.high)})`,
}

/** "These 1,200 sentences are not like those ...: 31.0 % of the words were not in training (...)"; null where all is usual. */
export function describeDrift({ measures, sentences: count }: Drift): string | null {
  const unusual = measures.filter(({ isUnusual }) => isUnusual)
  if (unusual.length === 0) return null
  const what = unusual.map((one) => sentences[one.name](one)).join('; ')
  return `The text (${countOf(count, 'sentence')}) is unlike dev, on which the run was measured, so that its precision may be another: ${what}.`
}
