/** Shards: a share of a batch cut so that its tensors fit into memory; their gradients add up to the whole's. */
import { layerFloats } from '#main/model/bert'
import { piecesAtOnce } from '#main/model/piece-input'
import { stateWidth, type BertSizes, type ModelConfig } from '#main/runs/config'

type Sizes = Pick<ModelConfig, 'encoder' | 'relations'>

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

/** A quarter of a gigabyte: more sentences at once gain nothing. */
const startBudget = 64e6

/** A sentence above it would need more than 2 GB, close to all that WebAssembly has. */
export const sentenceBudget = 512e6

/**
 * Floats that live at once, per word: about this many states of width d (gates, maps and heads, each with its
 * gradient), and this many rows of l relation types. Nothing grows with the pairs.
 */
const perWord = { states: 48, relations: 6 } as const

export function startMemory({ budget = startBudget, mustFit = 0 }: Partial<ShardMemory> = {}): ShardMemory {
  return { budget, tooLong: new Set(), mustFit, notes: [] }
}

/** Words that half of the sentences do not exceed: where these do not fit, too little would be left to train on. */
export function middleLength(sentences: readonly WithWords[]): number {
  const lengths = sentences.map(({ words }) => words.length).toSorted((a, b) => a - b)
  return lengths[(lengths.length - 1) >> 1] ?? 0
}

/** Floats of sentences with `words` words in all. */
export function shardCost(words: number, sizes: Sizes): number {
  const { encoder, relations } = sizes
  const top = words * (perWord.states * stateWidth(sizes) + perWord.relations * relations.length)
  return encoder.kind === 'bert' && !encoder.isFrozen ? top + words * bertFloats(encoder.sizes) : top
}

/** About so many pieces make a word, the padding of windows counted in. */
const piecesPerWord = 2

/** What a word costs in a BERT that is trained: per layer a dozen states, and a row of attention per head, of a window. */
function bertFloats(sizes: BertSizes): number {
  return piecesPerWord * sizes.layers * layerFloats(sizes, Math.min(sizes.positions, 128))
}

/** Floats of a sentence in a shard of its own: where that would keep much, a BERT's layers are computed one by one. */
export function costAlone(words: number, sizes: Sizes): number {
  const { encoder } = sizes
  if (encoder.kind !== 'bert' || encoder.isFrozen) return shardCost(words, sizes)
  const { layers, width, positions } = encoder.sizes
  const pieces = words * piecesPerWord
  const read = shardCost(words, { ...sizes, encoder: { ...encoder, isFrozen: true } }) + pieces * layers * width
  const oneLayer = Math.min(pieces, piecesAtOnce) * layerFloats(encoder.sizes, positions)
  return Math.min(shardCost(words, sizes), read + oneLayer)
}

/**
 * Consecutive sentences together as long as they cost no more than `budget`; a longer sentence stands alone, and so does
 * one that is too long for the memory.
 */
export function planShards<Item extends WithWords>(
  sentences: readonly Item[],
  sizes: Sizes,
  { budget, tooLong }: Pick<ShardMemory, 'budget' | 'tooLong'>,
): Item[][] {
  const shards: Item[][] = []
  let current: Item[] = []
  let words = 0
  for (const sentence of sentences) {
    words += sentence.words.length
    const standsApart = [sentence, ...current].some((one) => tooLong.has(one))
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
export function takeLess(memory: ShardMemory, sentences: readonly WithWords[], sizes: Sizes): void {
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
