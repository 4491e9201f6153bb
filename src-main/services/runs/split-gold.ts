/** Gold of splits as far as stored figures are compared with it: digests and ids, read in a thread once for each state of a corpus. */
import type { Split } from '#main/document/doc'
import type { ReadWorkspace } from '#main/storage/reader/read-workspace'
import type { ServiceContext } from '../context.ts'
import { digestSteps } from './gold-digests.ts'
import { dividedAs, splitSteps, type DividedRun } from './run-splits.ts'

export interface SplitGold {
  /** Eight bytes for each sentence of the split, in order. */
  readonly digests: Uint8Array
  readonly sentenceIds: readonly number[]
}

export interface SplitGoldRequest {
  readonly corpusId: number
  readonly split: Split
  /** A run that says how the corpus is divided. */
  readonly divided: DividedRun
}

export function* splitGoldSteps(
  { corpora }: Pick<ReadWorkspace, 'corpora'>,
  { corpusId, split, divided }: SplitGoldRequest,
): Generator<void, SplitGold> {
  const sentences = yield* splitSteps(corpora, corpusId, split, divided)
  const digests = yield* digestSteps(sentences)
  return { digests, sentenceIds: sentences.map(({ sentenceId }) => sentenceId) }
}

export type ReadSplitGold = (corpusId: number, split: Split, run: DividedRun) => Promise<SplitGold>

/** Number of splits whose gold is kept: a table of many runs asks for one split again and again. */
const most = 6

export function createSplitGold({
  workspace: { corpora },
  reads,
}: Pick<ServiceContext, 'workspace' | 'reads'>): ReadSplitGold {
  const known = new Map<string, Promise<SplitGold>>()
  return (corpusId, split, run) => {
    const divided = dividedAs(run)
    const key = JSON.stringify([corpusId, split, divided, corpora.changes(corpusId)])
    const gold = known.get(key) ?? reads.ask('splitGold', { corpusId, split, divided })
    known.delete(key)
    known.set(key, gold) // asked for last
    for (const [oldest] of known) if (known.size > most) known.delete(oldest)
    gold.catch(() => known.delete(key))
    return gold
  }
}
