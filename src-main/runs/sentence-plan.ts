/** SentencePlan: how a sentence is predicted, told from the memory that its table of word pairs would take. */
import type { ModelConfig } from './config.ts'
import { factsOfFamily } from './families/families.ts'
import { shardCost } from './pass-cost.ts'

/**
 * The table is whole where it is small; tiles of its rows are computed one after another where it is not, to the same
 * result; a sentence beyond that is cut into windows of words that overlap.
 */
export type SentencePlan =
  | { readonly kind: 'whole' | 'tiled' }
  | { readonly kind: 'windows'; readonly size: number; readonly overlap: number }

const bytesPerFloat = 4

/** Bytes of a table that is one tile, as `kernels/pair-tiles.ts` cuts them. */
const tileBytes = 8e6

/** Bytes up to which a sentence is not cut. Its tiles take less; but a table of this size takes some ten seconds of one thread. */
const mostBytes = 2 ** 30

/** Words of a window: more than sentences have that a model learns from. */
const windowWords = 128

/** Bytes that a sentence of so many words would take with its whole table: a number for each pair and relation type. */
export function tableBytes(words: number, model: ModelConfig): number {
  const cells = words * words * factsOfFamily(model).scoresPerPair(model)
  return bytesPerFloat * (cells + shardCost(words, model))
}

export function planSentence(words: number, model: ModelConfig): SentencePlan {
  const bytes = tableBytes(words, model)
  if (bytes <= tileBytes) return { kind: 'whole' }
  if (bytes <= mostBytes) return { kind: 'tiled' }
  let size = windowWords
  while (size > 4 && tableBytes(size, model) > mostBytes) size /= 2
  return { kind: 'windows', size, overlap: size / 4 }
}

/** How another program reads sentences as this one does: up to `mostWords` whole, longer ones in windows. */
export interface WindowsOfWords {
  readonly mostWords: number
  readonly size: number
  readonly overlap: number
}

export function windowsOfWords(model: ModelConfig): WindowsOfWords {
  let [whole, cut] = [1, 2]
  while (tableBytes(cut, model) <= mostBytes) [whole, cut] = [cut, 2 * cut]
  while (cut - whole > 1) {
    const middle = Math.floor((whole + cut) / 2)
    if (tableBytes(middle, model) <= mostBytes) whole = middle
    else cut = middle
  }
  const plan = planSentence(cut, model)
  const { size, overlap } = plan.kind === 'windows' ? plan : { size: windowWords, overlap: windowWords / 4 }
  return { mostWords: whole, size, overlap }
}
