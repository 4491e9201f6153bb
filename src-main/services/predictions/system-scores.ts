/** What the predictions of a system are worth on the present gold: computed again when the gold changed. */
import { scorerVersion } from '#main/evaluation/stored-evaluation'
import type { SystemRow } from '#main/storage/system-repository'
import type { ServiceContext } from '../context.ts'
import { countChanges } from '../runs/gold-digests.ts'
import { undivided } from '../runs/kept-splits.ts'
import { createSplitGold } from '../runs/split-gold.ts'

/** The row of a system with figures of the present gold and scorer. */
export function createPresentScores(context: ServiceContext): (row: SystemRow) => Promise<SystemRow> {
  const { reads, workspace } = context
  const goldOf = createSplitGold(context)
  return async (row) => {
    const { systemId, corpusId, split } = row
    const { digests } = await goldOf(corpusId, split, undivided)
    if (row.scorer === scorerVersion && countChanges(row.digests, digests) === 0) return row
    const { counts, ...figures } = await reads.ask('scored', {
      corpusId,
      split,
      divided: undivided,
      member: { systemId },
    })
    const scores = { scorer: scorerVersion, ...figures }
    workspace.systems.putScores(systemId, scores, counts)
    return { ...row, ...scores }
  }
}
