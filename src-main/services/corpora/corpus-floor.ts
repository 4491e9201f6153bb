/** The memory floor of a corpus: what remembering its train split scores on test. */
import type { Split } from '#main/document/doc'
import type { StringMode } from '#main/evaluation/match-strings'
import { createMemoryFloor, type MemoryFloor } from '#main/evaluation/memory-floor'
import type { NumberedSentences } from '#main/evaluation/numbered-sentences'

/** Sentences of one split, all that have words of some positions. */
export interface NumberedPage {
  readonly split: Split
  readonly sentences: NumberedSentences
}

/**
 * Computes the floor, some sentences at each step, in memory that grows with the words of train and with the different triples.
 * @param pages all pages of the corpus in the order of its splits; null where the next one is not there yet.
 */
export function* floorSteps(
  pages: Iterable<NumberedPage | null>,
  mode: StringMode = 'exact',
): Generator<void, MemoryFloor> {
  const floor = createMemoryFloor(mode)
  let [isLearning, isPicked] = [true, false]
  for (const page of pages) {
    if (page?.split === 'train') floor.learn(page.sentences)
    else if (page) {
      if (isLearning) yield* floor.place()
      isLearning = false
      if (page.split === 'dev') {
        isPicked ||= page.sentences.length > 0
        floor.pick(page.sentences)
      } else {
        if (!isPicked) yield* floor.pickOnTrain()
        isPicked = true
        floor.test(page.sentences)
      }
    }
    yield
  }
  return floor.result()
}
