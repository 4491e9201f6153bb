/** The memory floor of sentences that are at hand. */
import type { LabelledSentence } from '#main/document/labelled-sentence'
import type { StringMode } from '#main/evaluation/match-strings'
import { createMemoryFloor, type MemoryFloor } from '#main/evaluation/memory-floor'
import { createNumbering, type NumberedSentences } from '#main/evaluation/numbered-sentences'

export function memoryFloor(
  splits: {
    readonly train: readonly LabelledSentence[]
    readonly dev: readonly LabelledSentence[]
    readonly test: readonly LabelledSentence[]
  },
  mode: StringMode = 'exact',
): MemoryFloor {
  const floor = createMemoryFloor(mode)
  const numbering = createNumbering()
  const numbered = (sentences: readonly LabelledSentence[]): NumberedSentences => {
    for (const sentence of sentences) numbering.add(sentence)
    return numbering.take()
  }
  floor.learn(numbered(splits.train))
  for (const _ of floor.place()) continue
  floor.pick(numbered(splits.dev))
  if (splits.dev.length === 0) for (const _ of floor.pickOnTrain()) continue
  floor.test(numbered(splits.test))
  return floor.result()
}
