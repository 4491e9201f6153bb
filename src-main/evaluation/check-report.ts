/** CheckReport: the precision that a judged sample shows, with its interval, beside what calibration promised. */
import type { Verdict } from '#main/document/extracted-document'
import { wilson } from './binomial-interval.ts'
import type { CheckSample, SampledTriple } from './check-sample.ts'

export interface CheckedShare {
  readonly right: number
  readonly wrong: number
  readonly unsure: number
  /** Number of triples that nobody has judged yet. */
  readonly open: number
  /** Of those judged right or wrong; in a sample by relation type, weighted by how many triples of each there are. Null where none is. */
  readonly precision: number | null
  /** Wilson's 95 % interval; that of a weighted share has the effective sample size of Kish. */
  readonly low: number
  readonly high: number
  /** Mean calibrated probability of the same triples, weighted alike; null where they have none. */
  readonly promised: number | null
}

export interface CheckReport {
  readonly all: CheckedShare
  readonly byRelation: readonly (CheckedShare & {
    readonly relation: string
    /** Number of such triples in the extraction. */
    readonly triples: number
  })[]
}

export interface JudgedTriple {
  readonly triple: Pick<SampledTriple, 'relation' | 'calibratedProbability'>
  readonly verdict: Verdict | null
}

export function reportOn(
  { byRelation, population }: Pick<CheckSample, 'byRelation' | 'population'>,
  judged: readonly JudgedTriple[],
): CheckReport {
  const strata = [...Map.groupBy(judged, ({ triple }) => triple.relation)].sort(([a], [b]) => (a < b ? -1 : 1))
  const rows = strata.map(([relation, own]) => ({
    ...{ relation, triples: population[relation] ?? 0 },
    ...shareOfStrata([{ weight: 1, judged: own }]),
  }))
  const parts = byRelation
    ? strata.map(([relation, own]) => ({ weight: population[relation] ?? 0, judged: own }))
    : [{ weight: 1, judged }]
  return { all: shareOfStrata(parts), byRelation: rows }
}

interface Stratum {
  /** Any number in proportion to its share of the extraction. */
  readonly weight: number
  readonly judged: readonly JudgedTriple[]
}

/** A relation type of which nothing is decided yet has no part in the precision. */
function shareOfStrata(strata: readonly Stratum[]): CheckedShare {
  const all = strata.flatMap(({ judged }) => judged)
  const count = (verdict: Verdict | null): number => all.filter((one) => one.verdict === verdict).length
  const counts = { right: count('right'), wrong: count('wrong'), unsure: count('unsure'), open: count(null) }
  const decided = strata
    .map(({ weight, judged }) => ({
      weight,
      judged: judged.filter(({ verdict }) => verdict === 'right' || verdict === 'wrong'),
    }))
    .filter(({ judged }) => judged.length > 0)
  const total = decided.reduce((sum, { weight }) => sum + weight, 0)
  if (total === 0) return { ...counts, precision: null, low: 0, high: 1, promised: null }
  const meanOf = (valueOf: (one: JudgedTriple) => number): number =>
    decided.reduce(
      (sum, { weight, judged }) =>
        sum + (weight / total) * (judged.reduce((own, one) => own + valueOf(one), 0) / judged.length),
      0,
    )
  const precision = Math.min(
    1,
    meanOf(({ verdict }) => Number(verdict === 'right')),
  )
  const squares = decided.reduce((sum, { weight, judged }) => sum + (weight / total) ** 2 / judged.length, 0)
  const isPromised = decided.every(({ judged }) =>
    judged.every(({ triple }) => triple.calibratedProbability !== undefined),
  )
  return {
    ...{ ...counts, precision, ...wilson(precision, 1 / squares) },
    promised: isPromised ? meanOf(({ triple }) => triple.calibratedProbability ?? 0) : null,
  }
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

/** What the sample says, and whether that agrees with what calibration promised. */
export function describeReport({ all }: CheckReport, wanted: number | null): string {
  if (all.precision === null) return 'No triple is judged right or wrong yet.'
  const decided = all.right + all.wrong
  const found = `Precision ${percent(all.precision)} (${percent(all.low)} to ${percent(all.high)}, 95 %) of ${decided} judged triples`
  const unsure = all.unsure === 0 ? '' : `; ${all.unsure} unsure left out`
  const promise =
    all.promised === null
      ? ''
      : ` Calibration promised ${percent(all.promised)}, which ${all.promised < all.low ? 'is too low' : all.promised > all.high ? 'is too high' : 'agrees with it'}.`
  const asked =
    wanted === null
      ? ''
      : ` Asked for: ${percent(wanted)}${all.high < wanted ? ', which the sample contradicts.' : all.low >= wanted ? ', which the sample confirms.' : ', which the sample neither confirms nor contradicts.'}`
  return `${found}${unsure}.${promise}${asked}`
}
