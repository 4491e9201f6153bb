/** Facts about RIN (Sun et al., EMNLP 2020), the forerunner of PMEI. */
import { stateWidth, type RinModel } from '../config.ts'
import { affine, gatedCell, pairScorer, type FamilyFacts } from './facts.ts'

export const rin: FamilyFacts<RinModel> = {
  meaning:
    'RIN (Sun et al. 2020): both tasks predict, and update the states of both by gates, in rounds over shared weights',
  published: ['RIN'],
  drawn: () => [],
  findsWhole: false,
  scoresPerPair: ({ relations }) => relations.length,
  tables: ({ rounds }) => rounds + 1,
  countWeights(model) {
    const { tags, relations, resetAfter } = model
    const width = stateWidth(model)
    const cell = gatedCell(tags.length + relations.length, width, resetAfter)
    const heads = affine(width, tags.length) + pairScorer(width, relations.length)
    return 2 * (affine(width, width) + cell) + heads
  },
}
