/** CorpusStatistics: what is in a corpus, and what is known of its scores before any training; read some sentences at each step. */
import type { CorpusStatistics } from '#main/evaluation/corpus-statistics'
import { splits, type Split } from '#main/document/doc'
import type { LabelledSentence, TextTriple } from '#main/document/labelled-sentence'
import { matchModes, type MatchMode } from '#main/evaluation/match-mode'
import { scoreTriples } from '#main/evaluation/match'
import { goldTextTriples } from '#main/evaluation/match-items'
import { createMemoryFloor } from '#main/evaluation/memory-floor'
import { oraclePredictions } from '#main/evaluation/oracle'
import { toScores, type Scores } from '#main/evaluation/scores'
import type { ReadWorkspace } from '#main/storage/reader/read-workspace'
import { createSplitFold } from './split-statistics.ts'

/** Computes the statistics in memory that does not grow with the number of sentences, but with that of different triples. */
export function* statisticsSteps(
  { corpora, labels }: Pick<ReadWorkspace, 'corpora' | 'labels'>,
  corpusId: number,
  tell: (share: number) => void,
): Generator<void, CorpusStatistics> {
  const { name, splits: counts } = corpora.find(corpusId)
  const total = Object.values(counts).reduce((sum, { sentences }) => sum + sentences, 0)
  const folds = { train: createSplitFold('train'), dev: createSplitFold('dev'), test: createSplitFold('test') }
  const floor = createMemoryFloor()
  const oracle = createOracle(corpora.entityTypes(corpusId, 'test'))
  let done = 0
  function* eachOf(
    split: Split,
    use: (sentence: LabelledSentence, gold: readonly TextTriple[]) => void,
  ): Generator<void, void> {
    for (const page of corpora.labelledPages(corpusId, split)) {
      for (const sentence of page) {
        const gold = goldTextTriples(sentence)
        folds[split].add(sentence, gold)
        use(sentence, gold)
      }
      tell(Math.min(1, (done += page.length) / total))
      yield
    }
  }
  const hasFloor = counts.train.sentences > 0 && counts.test.sentences > 0
  yield* eachOf('train', (sentence, gold) => hasFloor && floor.learn(sentence, gold))
  yield* floor.place()
  if (hasFloor && counts.dev.sentences === 0) yield* floor.pickOnTrain()
  yield* eachOf('dev', (sentence, gold) => hasFloor && floor.pick(sentence, gold))
  yield* eachOf('test', (sentence, gold) => {
    if (hasFloor) floor.test(sentence, gold)
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
  const sums = matchModes.map((mode) => ({ mode, gold: 0, predicted: 0, correct: 0 }))
  return {
    add(sentence: LabelledSentence): void {
      if (sentence.triples.length === 0 && sentence.unanchored.length === 0) return // adds nothing to any count
      const last = oraclePredictions([sentence], 'last', entityTypes)
      const first = oraclePredictions([sentence], 'first', entityTypes)
      for (const sum of sums) {
        const own = scoreTriples([sentence], sum.mode === 'partial-first' ? first : last, sum.mode)
        sum.gold += own.gold
        sum.predicted += own.predicted
        sum.correct += own.correct
      }
    },
    scores: () =>
      Object.fromEntries(
        sums.map(({ mode, gold, predicted, correct }) => [mode, toScores(gold, predicted, correct)]),
      ) as Record<MatchMode, Scores>, // every match mode
  }
}
