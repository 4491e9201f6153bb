/** Facts about the grid, whose links are those of TPLinker (Wang et al., COLING 2020) and OneRel (Shang et al., AAAI 2022). */
import { stateWidth, type GridModel } from '../config.ts'
import { affine, entityTypeCount, pairScorer, type FamilyFacts } from './facts.ts'

export const grid: FamilyFacts<GridModel> = {
  meaning:
    'Spans and triples as links between their first and last words, as in TPLinker and OneRel: spans may overlap',
  published: ['OneRel'],
  drawn: () => [],
  findsWhole: true,
  scoresPerPair: (model) => entityTypeCount(model) + 2 * model.relations.length,
  tables: () => 1,
  countWeights(model) {
    const width = stateWidth(model)
    return pairScorer(width, 2 * model.relations.length) + affine(width, entityTypeCount(model))
  },
}
