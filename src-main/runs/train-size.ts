/**
 * Settings by the number of training sentences. What counts is the number of updates: a small corpus needs small batches and
 * many epochs to come to as many as a large one has in a few.
 */

/** Number of sentences from which on a corpus has updates enough with the usual settings. */
const large = 4000

/** Sentences per update. */
export function batchSizeFor(sentences: number): number {
  if (sentences >= large) return 50
  return sentences < 2000 ? 10 : 20
}

/** Number of updates by which a run on a small corpus has learnt what it can, with room to spare. */
const mostUpdates = 3000
const [leastEpochs, mostEpochs] = [20, 300]
/** Epochs of a large corpus at most: early stopping ends most of its runs. */
const epochsOfLarge = 100

export function epochsFor(sentences: number): number {
  if (sentences >= large) return epochsOfLarge
  const updates = Math.max(1, Math.ceil(sentences / batchSizeFor(sentences)))
  return Math.min(mostEpochs, Math.max(leastEpochs, Math.ceil(mostUpdates / updates)))
}

/** Epochs without a better dev F1. An epoch of few updates says little, so that a small corpus gets a quarter of all. */
export function patienceFor(sentences: number): number {
  return sentences >= large ? 10 : Math.ceil(epochsFor(sentences) / 4)
}

/** A small corpus is learnt in larger steps, which the average of the weights evens out. */
export function learningRateFor(sentences: number): number {
  return sentences >= large ? 1e-3 : 3e-3
}

/** Output biases at the frequencies of train save a small corpus half of its updates; on a large one that was not measured. */
export function outputBiasFor(sentences: number): 'random' | 'frequency' {
  return sentences >= large ? 'random' : 'frequency'
}

/** Share that the average of the weights keeps at an update: small batches make the last weights jump. */
export function averageFor(sentences: number): number {
  return sentences >= large ? 0 : 0.995
}

/** Names that a small corpus shows a few times are learnt by heart unless much of the input is dropped. */
export function dropoutFor(sentences: number): number {
  return sentences < 2000 ? 0.5 : 0.3
}
