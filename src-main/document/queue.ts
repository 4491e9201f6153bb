/** The annotator's queue: sentences in the order in which they are to be looked at. */
import type { Split } from './doc.ts'
import type { HeldBack } from './held-back.ts'

export interface QueueItem {
  readonly sentenceId: number
  readonly split: Split
  readonly position: number
  readonly text: string
  readonly triples: number
  readonly isReviewed: boolean
  readonly isFlagged: boolean
  /** Number of flagged spans and relations in the sentence. */
  readonly flaggedItems: number
  /** Why nothing of a run is shown until the sentence is reviewed; null where it is shown. */
  readonly heldBack: HeldBack | null
  /** Number of suggestions, and the probability of the least certain one; null without a run. */
  readonly suggestions: number | null
  readonly uncertainty: number | null
  /** Number of items that exactly one of two runs finds; null unless the queue is ordered by it. */
  readonly disagreement: number | null
  /** Number of places where those who annotated the sentence say different things. */
  readonly disputes: number
}

export const queueOrders = ['unreviewed', 'uncertain', 'disagreement', 'disputed', 'flagged', 'all'] as const

export type QueueOrder = (typeof queueOrders)[number]

export interface QueuePage {
  readonly total: number
  readonly items: readonly QueueItem[]
  /** Number of test sentences that this order leaves out because the filter does not ask for them. */
  readonly testLeftOut: number
}
