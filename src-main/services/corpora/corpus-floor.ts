/** The memory floor of a corpus: what remembering its train split scores on test. */
import type { CorpusStatistics } from '#main/evaluation/corpus-statistics'
import type { Split } from '#main/document/doc'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { createMemoryFloor } from '#main/evaluation/memory-floor'
import type { ReadWorkspace } from '#main/storage/reader/read-workspace'

/**
 * Computes the floor, some sentences at each step, in memory that grows with the words of train and with the different triples.
 * @param tell takes the share that is done.
 * @returns null where train or test is empty.
 */
export function* floorSteps(
  { corpora }: Pick<ReadWorkspace, 'corpora'>,
  corpusId: number,
  tell: (share: number) => void,
): Generator<void, CorpusStatistics['memoryFloor']> {
  const { train, dev, test } = corpora.find(corpusId).splits
  if (train.sentences === 0 || test.sentences === 0) return null
  const floor = createMemoryFloor()
  const total = train.sentences + dev.sentences + test.sentences
  let done = 0
  function* eachOf(split: Split, use: (sentence: LabelledSentence) => void): Generator<void, void> {
    for (const page of corpora.labelledPages(corpusId, split)) {
      for (const sentence of page) use(sentence)
      tell(Math.min(1, (done += page.length) / total))
      yield
    }
  }
  yield* eachOf('train', floor.learn)
  yield* floor.place()
  if (dev.sentences === 0) yield* floor.pickOnTrain()
  yield* eachOf('dev', floor.pick)
  yield* eachOf('test', floor.test)
  return floor.result()
}
