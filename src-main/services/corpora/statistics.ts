/** CorpusStatistics: what is in a corpus, and what is known of its scores before any training; read some sentences at each step. */
import type { CorpusStatistics } from '#main/api/corpora'
import { splits, type Split } from '#main/document/doc'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { matchModes, type MatchMode } from '#main/evaluation/match-mode'
import { scoreTriples } from '#main/evaluation/match'
import { createMemoryFloor } from '#main/evaluation/memory-floor'
import { oraclePredictions } from '#main/evaluation/oracle'
import { sumScores, type Scores } from '#main/evaluation/scores'
import type { ReadWorkspace } from '#main/storage/reader/read-workspace'
import { createSplitFold } from './split-statistics.ts'

/** Computes the statistics in memory that does not grow with the number of sentences, but with that of different triples. */
export function* statisticsSteps(
  { corpora, labels }: Pick<ReadWorkspace, 'corpora' | 'labels'>,
  corpusId: number,
  tell: (share: number) => void,
): Generator<void, CorpusStatistics> {
  const { name, splits: counts } = corpora.find(corpusId)
  // train is gone through twice
  const total = [...Object.values(counts), counts.train].reduce((sum, { sentences }) => sum + sentences, 0)
  const folds = { train: createSplitFold('train'), dev: createSplitFold('dev'), test: createSplitFold('test') }
  const floor = createMemoryFloor()
  const oracle = createOracle(corpora.entityTypes(corpusId, 'test'))
  let done = 0
  const progress = (sentences: number): void => tell(Math.min(1, (done += sentences) / total))
  function* eachOf(split: Split, use: (sentence: LabelledSentence) => void): Generator<void, void> {
    for (const page of corpora.labelledPages(corpusId, split)) {
      for (const sentence of page) use(sentence)
      progress(page.length)
      yield
    }
  }
  yield* eachOf('train', (sentence) => {
    folds.train.add(sentence)
    floor.learn(sentence)
  })
  const hasFloor = counts.train.sentences > 0 && counts.test.sentences > 0
  if (hasFloor)
    for (const page of corpora.wordPages(corpusId, 'train')) {
      for (const sentence of page) floor.place(sentence)
      progress(page.length)
      yield
    }
  if (hasFloor && counts.dev.sentences === 0) yield* eachOf('train', floor.pick)
  yield* eachOf('dev', (sentence) => {
    folds.dev.add(sentence)
    if (hasFloor) floor.pick(sentence)
  })
  yield* eachOf('test', (sentence) => {
    folds.test.add(sentence)
    if (hasFloor) floor.test(sentence)
    oracle.add(sentence)
  })
  return {
    name,
    splits: splits.map((split) => folds[split].statistics(corpora.ambiguousAnchors(corpusId, split))),
    ...labels.used(corpusId),
    splittings: corpora.splittings(corpusId, null),
    memoryFloor: hasFloor ? floor.result() : null,
    oracle: counts.test.sentences > 0 ? oracle.scores() : null,
  }
}

/** Scores of the best possible model on sentences that come one after the other. */
function createOracle(entityTypes: readonly string[]) {
  const parts = Object.fromEntries(matchModes.map((mode) => [mode, [] as Scores[]])) as Record<MatchMode, Scores[]> // every match mode
  return {
    add(sentence: LabelledSentence): void {
      const last = oraclePredictions([sentence], 'last', entityTypes)
      const first = oraclePredictions([sentence], 'first', entityTypes)
      for (const mode of matchModes) {
        const own = scoreTriples([sentence], mode === 'partial-first' ? first : last, mode)
        parts[mode] = [sumScores([...parts[mode], own])]
      }
    },
    scores: () =>
      Object.fromEntries(matchModes.map((mode) => [mode, sumScores(parts[mode])])) as Record<MatchMode, Scores>, // every match mode
  }
}
