/** Gold versions: what every row scores against the gold as it was before some of it was marked as wrong, and as it is now. */
import type { SpreadScores } from '#main/evaluation/mean'
import { countOf } from '#main/text/numbers'

export interface GoldVersions {
  /** Number of sentences of the split whose gold was marked as wrong. */
  readonly marked: number
  /** Number of them whose spans or triples are others now. */
  readonly corrected: number
  /** F1 against both; empty where nothing was marked. */
  readonly rows: readonly { readonly label: string; readonly before: SpreadScores; readonly now: SpreadScores }[]
}

export function describeVersions({ marked, corrected }: GoldVersions, split: string): string {
  const of = `The gold of ${countOf(marked, 'sentence')} of ${split} was marked as wrong`
  if (corrected === 0) return `${of} and is not corrected yet, so that both versions score the same.`
  return `${of}, and ${corrected === marked ? 'all of it' : `that of ${corrected}`} was corrected since. Every row is scored against the gold as it was before the mark and as it is now.`
}
