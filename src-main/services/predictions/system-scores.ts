/** What the predictions of a system are worth on the present gold: computed when they are read, and again when the gold changed. */
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { evaluate } from '#main/evaluation/evaluate'
import { countInAllModes, type CountsByMode } from '#main/evaluation/sentence-counts'
import { statedPrediction, type StatedSentence } from '#main/evaluation/stated-prediction'
import { scorerVersion } from '#main/evaluation/stored-evaluation'
import type { SystemRow, SystemScores } from '#main/storage/system-repository'
import type { ServiceContext } from '../context.ts'
import { countChanges, digestSteps } from '../runs/gold-digests.ts'
import { undivided } from '../runs/kept-splits.ts'
import { identifySplit } from '../runs/run-data.ts'
import { createSplitGold } from '../runs/split-gold.ts'
import { runInSlices } from '../slices.ts'

interface Scored {
  readonly scores: SystemScores
  readonly counts: CountsByMode
}

/** @param stated what is predicted, by sentence id. */
export async function scoreStated(
  sentences: readonly LabelledSentence[],
  train: readonly LabelledSentence[],
  stated: ReadonlyMap<number, StatedSentence>,
): Promise<Scored> {
  const predictions = sentences.map(({ sentenceId, words }) => {
    const own = stated.get(sentenceId)
    return own ? statedPrediction(own, words.length, 'last') : null
  })
  const evaluation = { ...evaluate({ sentences, predictions, train }), sha256: (await identifySplit(sentences)).sha256 }
  return {
    scores: { scorer: scorerVersion, digests: await runInSlices(digestSteps(sentences)), evaluation },
    counts: countInAllModes(sentences, predictions),
  }
}

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
