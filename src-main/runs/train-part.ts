/** A part of train: how much the size of a corpus matters is asked by runs that learn from ever more of it. */
import { drawOf } from '#main/document/seeded-draw'
import type { TrainingConfig } from './setting-values.ts'

/** Number of sentences that a part has: a share of all up to 1, else so many. At least two, without which nothing is learnt. */
export function sizeOfPart(part: number, all: number): number {
  return Math.min(all, Math.max(2, Math.round(part <= 1 ? part * all : part)))
}

/** The sentences that a run learns from, in their order. With one seed a smaller part lies within every larger one. */
export function partOfTrain<Sentence>(
  sentences: readonly Sentence[],
  { trainPart, seed }: Pick<TrainingConfig, 'trainPart' | 'seed'>,
): readonly Sentence[] {
  const size = sizeOfPart(trainPart, sentences.length)
  if (size === sentences.length) return sentences
  const drawn = sentences
    .map((_, at) => ({ at, draw: drawOf(seed, at) }))
    .sort((a, b) => a.draw - b.draw || a.at - b.at)
  const taken = new Set(drawn.slice(0, size).map(({ at }) => at))
  return sentences.filter((_, at) => taken.has(at))
}
