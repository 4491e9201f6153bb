/** The gauge of over-reliance: this person's reviewed sentences, those with suggestions against the blind ones. */
import type { Handlers } from '#main/api/handlers'
import { isBlind } from '#main/document/blind-share'
import type { Split } from '#main/document/doc'
import type { ServiceContext } from '../context.ts'

type Predict = (runId: string, sentenceIds: readonly number[]) => Promise<void>

export function createReliance(
  { workspace: { runs, settings }, reads }: ServiceContext,
  predict: Predict,
): Pick<Handlers['annotations'], 'reliance'> {
  return {
    async reliance({ corpusId, runId }) {
      const { annotator, blindShare, blindSeed, blindSinceMs, suggestOnTest } = settings.get()
      // before that, other sentences were held back, or the run could suggest nothing
      const sinceMs = Math.max(blindSinceMs, runs.find(runId).createdMs)
      // test sentences that came without suggestions were not drawn by lot: they are neither assisted nor blind
      const splits: readonly Split[] = suggestOnTest ? ['train', 'dev', 'test'] : ['train', 'dev']
      const sentenceIds = await reads.ask('firstReviewed', { corpusId, splits, annotator, sinceMs })
      // the run may never have predicted what it did not suggest; predicted after the review, it leads nobody astray
      const blind = sentenceIds.filter((sentenceId) => isBlind(sentenceId, blindShare, blindSeed))
      if (blind.length > 0) await predict(runId, blind)
      return reads.ask('reliance', { runId, sentenceIds, blindShare, blindSeed })
    },
  }
}
