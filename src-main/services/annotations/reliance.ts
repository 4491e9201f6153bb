/** The gauge of over-reliance: this person's reviewed sentences, those with suggestions against the blind ones. */
import type { Handlers } from '#main/api/handlers'
import { overRelianceOf, type ReviewedSentence } from '#main/comparison/over-reliance'
import { isBlind } from '#main/document/blind-share'
import type { Split } from '#main/document/doc'
import type { ServiceContext } from '../context.ts'

type Predict = (runId: string, sentenceIds: readonly number[]) => Promise<void>

export function createReliance(
  { workspace }: ServiceContext,
  predict: Predict,
): Pick<Handlers['annotations'], 'reliance'> {
  const { annotations, predictions, runs, settings } = workspace
  return {
    async reliance({ corpusId, runId }) {
      const { annotator, blindShare, blindSeed, blindSinceMs, suggestOnTest } = settings.get()
      // before that, other sentences were held back, or the run could suggest nothing
      const sinceMs = Math.max(blindSinceMs, runs.find(runId).createdMs)
      // test sentences that came without suggestions were not drawn by lot: they are neither assisted nor blind
      const splits: readonly Split[] = suggestOnTest ? ['train', 'dev', 'test'] : ['train', 'dev']
      const isReviewed = new Set(
        annotations.queueRows(corpusId, { status: 'reviewed', splits }).map(({ sentenceId }) => sentenceId),
      )
      const ids = annotations
        .firstReviews(corpusId)
        .filter(({ author, atMs, sentenceId }) => author === annotator && atMs >= sinceMs && isReviewed.has(sentenceId))
        .map(({ sentenceId }) => sentenceId)
      const isHidden = (sentenceId: number) => isBlind(sentenceId, blindShare, blindSeed)
      // the run may never have predicted what it did not suggest; predicted after the review, it leads nobody astray
      const blind = ids.filter(isHidden)
      if (blind.length > 0) await predict(runId, blind)
      const read = predictions.of(runId, ids)
      const held = annotations.annotations([...read.keys()])
      const sentences = [...read].flatMap(([sentenceId, prediction]): ReviewedSentence[] => {
        const annotation = held.get(sentenceId)
        return annotation ? [{ isBlind: isHidden(sentenceId), annotation, prediction }] : []
      })
      return overRelianceOf(sentences, runId, blindSeed)
    },
  }
}
