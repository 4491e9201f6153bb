/** Shards: a share of a batch cut so that its tensors fit into memory; their gradients add up to the whole's. */
import { shardBudget, shardCost, type PassSizes } from '#main/runs/pass-cost'

interface WithWords {
  readonly words: readonly string[]
}

/** What a replica has learnt about its memory; it only ever takes less. */
export interface ShardMemory {
  /** Floats that one shard may cost. */
  budget: number
  /** Sentences that do not fit even alone. */
  readonly tooLong: Set<WithWords>
  /** A sentence of so many words, or fewer, has to fit. */
  readonly mustFit: number
  /** Plain sentences that nobody has been told yet. */
  readonly notes: string[]
}

/** A sentence above it would need more than 2 GB, close to all that WebAssembly has. */
export const sentenceBudget = 512e6

export function startMemory({ budget = shardBudget, mustFit = 0 }: Partial<ShardMemory> = {}): ShardMemory {
  return { budget, tooLong: new Set(), mustFit, notes: [] }
}

/** Words that half of the sentences do not exceed: where these do not fit, too little would be left to train on. */
export function middleLength(sentences: readonly WithWords[]): number {
  const lengths = sentences.map(({ words }) => words.length).toSorted((a, b) => a - b)
  return lengths[(lengths.length - 1) >> 1] ?? 0
}

/**
 * Consecutive sentences together as long as they cost no more than `budget`; a longer sentence stands alone, and so does
 * one that is too long for the memory.
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
    const [first] = current // a sentence that stands apart is alone there
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

/** There is no way on: no shard can be smaller, or no sentence be left out. */
class DoesNotFit extends Error {
  constructor(what: string) {
    super(`${what} ${wayOut}`)
  }
}

const wayOut = 'Close other programs, train with fewer threads or a smaller encoder, or leave the encoder frozen.'

/**
 * After memory ran out for these sentences: smaller shards from now on. @throws Error when every sentence stood alone
 * already.
 */
export function takeLess(memory: ShardMemory, sentences: readonly WithWords[], sizes: PassSizes): void {
  const costs = planShards(sentences, sizes, memory).flatMap((shard) =>
    shard.length > 1 ? shardCost(countWords(shard), sizes) : [],
  )
  if (costs.length === 0) throw new DoesNotFit('The model does not fit into memory with its gradients (out of memory).')
  memory.budget = Math.max(...costs) / 2
  memory.notes.push('Memory was short: batches are computed in smaller pieces from here on. The results are the same.')
}

/** After memory ran out for this sentence alone: it is not tried again. @throws Error when it is one that has to fit. */
export function leaveOut(memory: ShardMemory, sentence: WithWords): void {
  const { length } = sentence.words
  if (length <= memory.mustFit)
    throw new DoesNotFit(
      `A training sentence of ${length} words does not fit into memory, even alone (out of memory), and half of all are ` +
        'at least as long: the model is too large with its gradients.',
    )
  memory.tooLong.add(sentence)
}

/** What backends throw when they cannot allocate; a kernel that does so itself writes past the heap instead. */
const shortage =
  /\bout of memory\b|\bOOM\b|allocation failed|WebAssembly\.Memory|Invalid typed array length|memory access out of bounds/i

/** Whether less at once may help. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && !(error instanceof DoesNotFit) && shortage.test(error.message)
}

function countWords(sentences: readonly WithWords[]): number {
  return sentences.reduce((sum, { words }) => sum + words.length, 0)
}
