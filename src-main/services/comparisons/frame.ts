/** The frame of a comparison: floor and ceiling of its corpus, read once for each state of the corpus. */
import type { ComparisonFrame } from '#main/comparison/compared-run'
import type { Split } from '#main/document/doc'
import type { Anchor } from '#main/document/prediction'
import type { MatchMode } from '#main/evaluation/match-mode'
import type { WholeOracle } from '#main/evaluation/whole-oracles'
import type { ServiceContext } from '../context.ts'
import type { DividedRun } from '../runs/run-splits.ts'
import type { References } from './references.ts'

interface ReadCorpus {
  readonly corpusId: number
  readonly anchor: Anchor
  readonly whole: readonly WholeOracle[]
  /** A run that says how the corpus is divided. */
  readonly divided: DividedRun
}

type FrameOf = (
  corpus: ReadCorpus,
  of: { readonly split: Split; readonly match: MatchMode },
) => Promise<ComparisonFrame>

/** Number of states whose floor and ceiling are kept. */
const most = 50

export function createFrame({ workspace: { corpora }, reads }: Pick<ServiceContext, 'workspace' | 'reads'>): FrameOf {
  const known = new Map<string, Promise<References>>()
  return async ({ corpusId, anchor, whole, divided }, { split, match }) => {
    const key = JSON.stringify([corpusId, corpora.changes(corpusId), anchor, whole, split, match, divided.data])
    const references = known.get(key) ?? reads.ask('references', { corpusId, split, match, anchor, whole, divided })
    if (known.size >= most) known.clear()
    known.set(key, references)
    references.catch(() => known.delete(key))
    return { corpusName: corpora.find(corpusId).name, split, match, ...(await references) }
  }
}
