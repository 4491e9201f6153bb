/** The tenth of train that takes the place of dev in a corpus without one: the same for all its runs, whatever their seed. */
import { drawOf } from './seeded-draw.ts'

const share = 0.1
/** Number that keeps these draws apart from others by the same ids. */
const stream = 7301

/**
 * The sentences of train that take the place of dev. Which do follows from their ids, so that most stay where sentences are
 * added or removed. Empty where there are fewer than two sentences.
 */
export function heldOutOf(train: readonly { readonly sentenceId: number }[]): ReadonlySet<number> {
  const count = countHeldOut(train.length)
  const drawn = train.map(({ sentenceId }) => ({ sentenceId, draw: drawOf(stream, sentenceId) }))
  return new Set(
    drawn
      .toSorted((a, b) => a.draw - b.draw)
      .slice(0, count)
      .map(({ sentenceId }) => sentenceId),
  )
}

/** Number of sentences that a train split of so many lends. */
export function countHeldOut(train: number): number {
  return train < 2 ? 0 : Math.max(1, Math.round(train * share))
}
