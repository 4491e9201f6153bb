/** References of a comparison: what the memory floor and the oracle score on a split, read some sentences at each step. */
import { splits, type Split } from '#main/document/doc'
import type { Anchor } from '#main/document/prediction'
import { scoreTriples } from '#main/evaluation/match'
import type { MatchMode } from '#main/evaluation/match-mode'
import { isStringMode } from '#main/evaluation/match-strings'
import type { MemoryFloor } from '#main/evaluation/memory-floor'
import { createNumbering } from '#main/evaluation/numbered-sentences'
import { wholePredictions, type WholeOracle } from '#main/evaluation/whole-oracles'
import { oraclePredictions } from '#main/evaluation/oracle'
import { sumScores, type Scores } from '#main/evaluation/scores'
import type { ReadWorkspace } from '#main/storage/reader/read-workspace'
import { floorSteps, type NumberedPage } from '../corpora/corpus-floor.ts'
import { pagesForRun, type DividedRun } from '../runs/run-splits.ts'

export interface ReferenceRequest {
  readonly corpusId: number
  readonly split: Split
  readonly match: MatchMode
  readonly anchor: Anchor
  /** Families of the runs whose ceiling is not that of tags and cells. */
  readonly whole: readonly WholeOracle[]
  /** A run that says how the corpus is divided. */
  readonly divided: DividedRun
}

export interface References {
  /** null on the train split, without one, and for modes that look at offsets: the floor compares strings. */
  readonly floor: MemoryFloor | null
  readonly oracle: Scores
  /** Ceilings of families that find triples whole. */
  readonly wholeOracles: readonly { readonly family: WholeOracle; readonly scores: Scores }[]
}

export function* referenceSteps(
  { corpora }: Pick<ReadWorkspace, 'corpora'>,
  { corpusId, split, match, anchor, whole, divided }: ReferenceRequest,
): Generator<void, References> {
  const { train, dev } = corpora.find(corpusId).splits
  const types = corpora.entityTypes(corpusId, split === 'dev' && dev.sentences === 0 ? 'train' : split)
  let oracle = sumScores([])
  let wholeOracles = whole.map((family) => ({ family, scores: sumScores([]) }))
  for (const page of pagesForRun(corpora, corpusId, split, divided)) {
    oracle = sumScores([oracle, scoreTriples(page, oraclePredictions(page, anchor, types), match)])
    wholeOracles = wholeOracles.map(({ family, scores }) => ({
      family,
      scores: sumScores([scores, scoreTriples(page, wholePredictions(page, anchor, family), match)]),
    }))
    yield
  }
  if (!isStringMode(match) || split === 'train' || train.sentences === 0) return { floor: null, oracle, wholeOracles }
  const floor = yield* floorSteps(numberedPages(corpora, corpusId, split, divided), match)
  return { floor, oracle, wholeOracles }
}

/** Pages of train, by which the floor learns, of dev, by which it picks its fraction, and of the split on which it is scored. */
function* numberedPages(
  corpora: ReadWorkspace['corpora'],
  corpusId: number,
  scored: Split,
  divided: DividedRun,
): Generator<NumberedPage, void> {
  const numbering = createNumbering()
  for (const as of splits)
    for (const page of pagesForRun(corpora, corpusId, as === 'test' ? scored : as, divided)) {
      for (const sentence of page) numbering.add(sentence)
      yield { split: as, sentences: numbering.take() }
    }
}
