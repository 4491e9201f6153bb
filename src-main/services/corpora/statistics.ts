/** CorpusStatistics: what is in a corpus, and what is known of its scores before any training. */
import type { CorpusStatistics } from '#main/api/corpora'
import { splits, type Split } from '#main/document/doc'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { matchModes, type MatchMode } from '#main/evaluation/match-mode'
import { scoreTriples } from '#main/evaluation/match'
import { memoryFloor } from '#main/evaluation/memory-floor'
import { oraclePredictions } from '#main/evaluation/oracle'
import type { Scores } from '#main/evaluation/scores'
import type { Workspace } from '#main/storage/workspace'
import { splitStatistics } from './split-statistics.ts'

export function corpusStatistics({ corpora, labels }: Workspace, corpusId: number): CorpusStatistics {
  const { name } = corpora.find(corpusId)
  const read = (split: Split) => corpora.labelledSentences(corpusId, split)
  const gold = { train: read('train'), dev: read('dev'), test: read('test') }
  return {
    name,
    splits: splits.map((split) => splitStatistics(split, gold[split], corpora.ambiguousAnchors(corpusId, split))),
    ...labels.used(corpusId),
    splittings: corpora.splittings(corpusId, null),
    memoryFloor: gold.train.length > 0 && gold.test.length > 0 ? memoryFloor(gold) : null,
    oracle: gold.test.length > 0 ? oracleScores(gold.test) : null,
  }
}

/** Scores of the best possible model. */
function oracleScores(sentences: readonly LabelledSentence[]): Record<MatchMode, Scores> {
  const oracle = Object.fromEntries(
    matchModes.map((mode) => {
      const anchor = mode === 'partial-first' ? 'first' : 'last'
      return [mode, scoreTriples(sentences, oraclePredictions(sentences, anchor), mode)]
    }),
  )
  return oracle as Record<MatchMode, Scores> // every match mode
}
