/**
 * Batch size, epochs and patience by the number of training sentences. What counts is the number of updates: a small corpus
 * needs small batches and many epochs to come to as many as a large one has in a few.
 */

/** Sentences per update. */
export function batchSizeFor(sentences: number): number {
  return sentences < 2000 ? 10 : sentences < 4000 ? 20 : 50
}

/** Number of updates by which a run has learnt what it can, with room to spare. */
const mostUpdates = 3000
/** A large corpus may take as many epochs as before: early stopping ends most runs. */
const [leastEpochs, mostEpochs] = [20, 100]

export function epochsFor(sentences: number): number {
  const updates = Math.max(1, Math.ceil(sentences / batchSizeFor(sentences)))
  return Math.min(mostEpochs, Math.max(leastEpochs, Math.ceil(mostUpdates / updates)))
}

/** Epochs without a better dev F1: a quarter of all, since an epoch of few updates says little. */
export function patienceFor(sentences: number): number {
  return Math.max(5, Math.ceil(epochsFor(sentences) / 4))
}
