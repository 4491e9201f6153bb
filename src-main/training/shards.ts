/** Shards: parts of a share that fit into memory one at a time. Their gradients add up to those of the share. */
import { shardBudget, shardCost, type PassSizes } from '#main/runs/pass-cost'

interface WithWords {
  readonly words: readonly string[]
}

/** Limits of memory that a replica has found. They only ever shrink. */
export interface ShardMemory {
  /** Number of floats that one shard may cost. */
  budget: number
  /** Sentences that do not fit even alone. */
  readonly tooLong: Set<WithWords>
  /** Number of words up to which a sentence has to fit. */
  readonly mustFit: number
  /** Notes, in plain sentences, that have not been reported yet. */
  readonly notes: string[]
}

/**
 * Cost limit of a single sentence in floats: above it a sentence needs more than 2 GB, close to all that WebAssembly
 * has.
 */
export const sentenceBudget = 512e6

export function startMemory({ budget = shardBudget, mustFit = 0 }: Partial<ShardMemory> = {}): ShardMemory {
  return { budget, tooLong: new Set(), mustFit, notes: [] }
}

/** Median number of words. If sentences of this length do not fit, too little is left to train on. */
export function middleLength(sentences: readonly WithWords[]): number {
  const lengths = sentences.map(({ words }) => words.length).toSorted((a, b) => a - b)
  return lengths[(lengths.length - 1) >> 1] ?? 0
}

/**
 * Groups of consecutive sentences that cost at most `budget` together. A sentence above the budget, or too long for
 * the memory, stands alone.
 */
export function planShards<Item extends WithWords>(
  sentences: readonly Item[],
  sizes: PassSizes,
  { budget, tooLong }: Pick<ShardMemory, 'budget' | 'tooLong'>,
): Item[][] {
  const shards: Item[][] = []
  let current: Item[] = []
  let words = 0
  for (const sentence of sentences) {
    words += sentence.words.length
    const [first] = current // a sentence that is too long is the only one of its shard
    const standsApart = tooLong.has(sentence) || (first !== undefined && tooLong.has(first))
    if (current.length > 0 && (standsApart || shardCost(words, sizes) > budget)) {
      shards.push(current)
      current = []
      words = sentence.words.length
    }
    current.push(sentence)
  }
  return current.length > 0 ? [...shards, current] : shards
}

/** Error without a way out: no shard can be smaller, or no sentence may be left out. */
class DoesNotFit extends Error {
  constructor(what: string) {
    super(`${what} ${wayOut}`)
  }
}

const wayOut = 'Close other programs, train with fewer threads or a smaller encoder, or leave the encoder frozen.'

/**
 * Halves the budget after memory ran out for these sentences. @throws Error when every sentence stood alone already.
 */
export function takeLess(memory: ShardMemory, sentences: readonly WithWords[], sizes: PassSizes): void {
  const costs = planShards(sentences, sizes, memory).flatMap((shard) =>
    shard.length > 1 ? shardCost(countWords(shard), sizes) : [],
  )
  if (costs.length === 0) throw new DoesNotFit('The model does not fit into memory with its gradients (out of memory).')
  memory.budget = Math.max(...costs) / 2
  memory.notes.push('Memory was short: batches are computed in smaller pieces from here on. The results are the same.')
}

/**
 * Marks a sentence for which memory ran out even alone, so that it is not tried again. @throws Error when the sentence
 * has to fit.
 */
export function leaveOut(memory: ShardMemory, sentence: WithWords): void {
  const { length } = sentence.words
  if (length <= memory.mustFit)
    throw new DoesNotFit(
      `A training sentence of ${length} words does not fit into memory, even alone (out of memory), and half of all are ` +
        'at least as long: the model is too large with its gradients.',
    )
  memory.tooLong.add(sentence)
}

/** Messages of backends that cannot allocate. A kernel of ours that cannot allocate writes past the heap instead. */
const shortage =
  /\bout of memory\b|\bOOM\b|allocation failed|WebAssembly\.Memory|Invalid typed array length|memory access out of bounds/i

/** Whether an error means lack of memory, so that smaller shards may help. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && !(error instanceof DoesNotFit) && shortage.test(error.message)
}

function countWords(sentences: readonly WithWords[]): number {
  return sentences.reduce((sum, { words }) => sum + words.length, 0)
}
