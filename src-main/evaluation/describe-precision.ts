/** What a person must know about thresholds for a precision: what each rests on, which cannot be reached, what held-out folds gave. */
import { countOf } from '#main/text/numbers'
import type { Share } from './binomial-interval.ts'
import { leastForThreshold, leastKept, type PrecisionThresholds } from './precision-thresholds.ts'

/** Number of relation types that one sentence names. */
const mostNamed = 12

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

/** "94.0 % of 50 triples, 83.8 % to 97.9 %". */
export function describeShare({ share, of, low, high }: Share): string {
  return of === 0 ? 'no triples' : `${percent(share)} of ${countOf(of, 'triple')}, ${percent(low)} to ${percent(high)}`
}

export function describePrecision(thresholds: PrecisionThresholds): string[] {
  const { byRelation, pooled } = thresholds
  const own = Object.entries(byRelation).map(([relation, { threshold, measured }]) => ({
    relation,
    threshold,
    measured,
  }))
  const reached = own.filter(({ threshold }) => threshold !== null)
  return [
    describeHeldOut(thresholds),
    ...(reached.length === 0
      ? []
      : [
          `Thresholds of relation types of their own, with the triples of dev that each rests on (Wilson’s 95 % interval): ${listed(reached.map(({ relation, threshold, measured }) => `${relation} from ${threshold?.toFixed(3)} (${describeShare(measured)})`))}.`,
        ]),
    ...describePooled(thresholds),
    ...describeMissed(thresholds),
    ...(own.length === 0 && pooled.threshold !== null
      ? [
          `No relation type has the ${leastForThreshold} guesses on dev that a threshold of its own needs: a larger dev would tell them apart.`,
        ]
      : []),
  ]
}

/** Relation types whose triples are left out, because no threshold reaches the precision. */
export function describeMissed({ wanted, byRelation, pooled, pooledOver }: PrecisionThresholds): string[] {
  const missed = Object.entries(byRelation).filter(([, { threshold }]) => threshold === null)
  const sharing = Object.entries(pooledOver).sort(([, a], [, b]) => b - a)
  return [
    ...(missed.length === 0
      ? []
      : [
          `No threshold reaches ${percent(wanted)} for ${listed(missed.map(([relation, { measured }]) => `${relation} (at most ${describeShare(measured)})`))}: ${missed.length === 1 ? 'its' : 'their'} triples are left out.`,
        ]),
    ...(pooled.threshold !== null
      ? []
      : [
          `No threshold reaches ${percent(wanted)} for the relation types with too few triples on dev, even together (at most ${describeShare(pooled.measured)}; a threshold needs ${leastKept} triples above it): the triples of ${sharing.length === 0 ? 'all of them' : listed(sharing.map(([relation, guesses]) => `${relation} (${countOf(guesses, 'guess', 'guesses')})`))} are left out.`,
        ]),
  ]
}

function describeHeldOut({ wanted, heldOut, recall }: PrecisionThresholds): string {
  const head = `Thresholds for a precision of ${percent(wanted)}, chosen on dev.`
  if (heldOut.of === 0)
    return `${head} On parts of dev that did not choose them they kept no triple, so nothing shows what to expect on other text.`
  const tail =
    heldOut.high < wanted
      ? ` That is below the ${percent(wanted)} that were asked for: dev is too small to choose so many thresholds well.`
      : ''
  return `${head} On parts of dev that did not choose them they gave ${describeShare(heldOut)} (Wilson, 95 %), and found ${percent(recall)} of the gold triples.${tail}`
}

function describePooled({ pooled, isPooledOverAll, byRelation }: PrecisionThresholds): string[] {
  if (pooled.threshold === null) return []
  const who = Object.keys(byRelation).length === 0 ? 'All relation types' : 'All other relation types'
  return [
    `${who} have too few triples on dev and share the threshold ${pooled.threshold.toFixed(3)}, which rests on ${isPooledOverAll ? 'the triples of all types' : 'their triples'} together (${describeShare(pooled.measured)}).`,
  ]
}

function listed(parts: readonly string[]): string {
  const more = parts.length - mostNamed
  return more > 0 ? `${parts.slice(0, mostNamed).join('; ')}; and ${more} more` : parts.join('; ')
}
