/** Gold of splits as far as stored figures are compared with it: digests and ids, read in a thread once for each state of a corpus. */
import type { Split } from '#main/document/doc'
import type { ServiceContext } from '../context.ts'
import { dividedAs, type DividedRun } from './run-splits.ts'
import type { SplitGold } from './split-gold-steps.ts'

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
