/** Held back: sentences that come without suggestions until a person has reviewed them, and why. */
import type { Settings } from '#main/core/preferences'
import { isBlind } from './blind-share.ts'
import type { Split } from './doc.ts'

/** Gold that a model helped to make flatters that model, so the test split is annotated without suggestions. */
export type HeldBack = 'blind share' | 'test split'

interface Candidate {
  readonly sentenceId: number
  readonly split: Split
  readonly isReviewed: boolean
}

/** Null where suggestions are shown. */
export function heldBackOf(
  { sentenceId, split, isReviewed }: Candidate,
  { blindShare, blindSeed, suggestOnTest }: Pick<Settings, 'blindShare' | 'blindSeed' | 'suggestOnTest'>,
): HeldBack | null {
  if (isReviewed) return null
  if (split === 'test' && !suggestOnTest) return 'test split'
  return isBlind(sentenceId, blindShare, blindSeed) ? 'blind share' : null
}
