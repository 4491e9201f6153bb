/** CorpusFigures: the statistics that are counted sentence by sentence, and the oracle's scores. */
import type { CorpusFigures } from '#main/evaluation/corpus-statistics'
import { splits, type Split } from '#main/document/doc'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { matchModes, type MatchMode } from '#main/evaluation/match-mode'
import { scoreTriples } from '#main/evaluation/match'
import { goldTextTriples } from '#main/evaluation/match-items'
import { createNumbering } from '#main/evaluation/numbered-sentences'
import { oraclePredictions } from '#main/evaluation/oracle'
import { toScores, type Scores } from '#main/evaluation/scores'
import type { ReadWorkspace } from '#main/storage/reader/read-workspace'
import type { NumberedPage } from './corpus-floor.ts'
import { createSplitFold } from './split-statistics.ts'

/**
 * Counts in memory that does not grow with the corpus.
 * @param tell takes the share that is done.
 * @param pass takes the sentences that were counted, page by page, for the memory floor: reading them once serves both.
 */
export function* figureSteps(
  { corpora, labels }: Pick<ReadWorkspace, 'corpora' | 'labels'>,
  corpusId: number,
  tell: (share: number) => void,
  pass: ((page: NumberedPage) => void) | null,
): Generator<void, CorpusFigures> {
  const { name, splits: counts } = corpora.find(corpusId)
  const total = Object.values(counts).reduce((sum, { sentences }) => sum + sentences, 0)
  const oracle = createOracle(corpora.entityTypes(corpusId, 'test'))
  const numbering = createNumbering()
  let done = 0
  function* figuresOf(split: Split) {
    const fold = createSplitFold(split)
    for (const page of corpora.labelledPages(corpusId, split)) {
      for (const sentence of page) fold.add(sentence, goldTextTriples(sentence))
      if (split === 'test') oracle.add(page)
      if (pass) {
        for (const sentence of page) numbering.add(sentence)
        pass({ split, sentences: numbering.take() })
      }
      tell(Math.min(1, (done += page.length) / total))
      yield
    }
    return fold.statistics(corpora.ambiguousAnchors(corpusId, split))
  }
  const bySplit: CorpusFigures['splits'][number][] = []
  for (const split of splits) bySplit.push(yield* figuresOf(split))
  return {
    name,
    splits: bySplit,
    ...labels.used(corpusId),
    splittings: corpora.splittings(corpusId, null),
    oracle: counts.test.sentences > 0 ? oracle.scores() : null,
  }
}

/** Scores of the best possible model on sentences that come one after the other. */
function createOracle(entityTypes: readonly string[]) {
  const sums = matchModes.map((mode) => ({ mode, gold: 0, predicted: 0, correct: 0 }))
  return {
    add(page: readonly LabelledSentence[]): void {
      // others add nothing to any count
      const sentences = page.filter(({ triples, unanchored }) => triples.length > 0 || unanchored.length > 0)
      const last = oraclePredictions(sentences, 'last', entityTypes)
      const first = oraclePredictions(sentences, 'first', entityTypes)
      for (const sum of sums) {
        const own = scoreTriples(sentences, sum.mode === 'partial-first' ? first : last, sum.mode)
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
