/** What the predictions of a system are worth on the present gold: computed when they are read, and again when the gold changed. */
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { evaluate } from '#main/evaluation/evaluate'
import { countInAllModes, type CountsByMode } from '#main/evaluation/sentence-counts'
import { statedPrediction, type StatedSentence } from '#main/evaluation/stated-prediction'
import { scorerVersion } from '#main/evaluation/stored-evaluation'
import type { SystemRow, SystemScores } from '#main/storage/system-repository'
import type { Workspace } from '#main/storage/workspace'
import { countChanges, digestsOf } from '../runs/gold-digests.ts'
import { keptSplit } from '../runs/kept-splits.ts'
import { identifySplit } from '../runs/run-data.ts'

interface Scored {
  readonly scores: SystemScores
  readonly counts: CountsByMode
}

/** @param stated what is predicted, by sentence id. */
export function scoreStated(
  sentences: readonly LabelledSentence[],
  train: readonly LabelledSentence[],
  stated: ReadonlyMap<number, StatedSentence>,
): Scored {
  const predictions = sentences.map(({ sentenceId, words }) => {
    const own = stated.get(sentenceId)
    return own ? statedPrediction(own, words.length, 'last') : null
  })
  const evaluation = { ...evaluate({ sentences, predictions, train }), sha256: identifySplit(sentences).sha256 }
  return {
    scores: { scorer: scorerVersion, digests: digestsOf(sentences), evaluation },
    counts: countInAllModes(sentences, predictions),
  }
}

/** The row of a system with figures of the present gold and scorer. */
export function presentScores({ corpora, systems }: Workspace, row: SystemRow): SystemRow {
  const sentences = keptSplit(corpora, row.corpusId, row.split)
  const isPresent = row.scorer === scorerVersion && countChanges(row.digests, digestsOf(sentences)) === 0
  if (isPresent) return row
  const stated = systems.stated(
    row.systemId,
    sentences.map(({ sentenceId }) => sentenceId),
  )
  const { scores, counts } = scoreStated(sentences, corpora.labelledSentences(row.corpusId, 'train'), stated)
  systems.putScores(row.systemId, scores, counts)
  return { ...row, ...scores }
}
