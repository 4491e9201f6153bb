/** Facts about CasRel (Wei et al., ACL 2020). */
import { stateWidth, type CasrelModel } from '../config.ts'
import { affine, entityTypeCount, type FamilyFacts } from './facts.ts'

export const casrel: FamilyFacts<CasrelModel> = {
  meaning:
    'CasRel (Wei et al. 2020): subjects first, then the objects of each for every relation; entities without a relation stay unfound',
  published: ['CasRel'],
  drawn: () => [],
  findsWhole: true,
  scoresPerPair: () => 0,
  tables: () => 0,
  countWeights(model) {
    const width = stateWidth(model)
    const types = entityTypeCount(model)
    return affine(width, 2) + affine(width, 2 * model.relations.length) + (types > 1 ? affine(width, types) : 0)
  },
}
