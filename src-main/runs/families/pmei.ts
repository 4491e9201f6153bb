/** Facts about PMEI and its ablations (AAAI 2021). */
import { stateWidth, type PmeiModel } from '../config.ts'
import { affine, gatedCell, pairScorer, type FamilyFacts } from './facts.ts'

export const pmei: FamilyFacts<PmeiModel> = {
  meaning: 'Early predictions of both tasks inform the final ones through maps that bound the information',
  published: ['PMEI'],
  drawn: ({ map, tasks }) => (map === 'stochastic' ? tasks : []),
  findsWhole: false,
  scoresPerPair: ({ tasks, relations }) => (tasks.includes('relation') ? relations.length : 0),
  tables: ({ early }) => (early ? 2 : 1),
  countWeights(model) {
    const { tasks, early, map, interaction, gru, resetAfter, tags, relations } = model
    const width = stateWidth(model)
    const outputs = { entity: tags.length, relation: relations.length }
    const heads = { entity: affine(width, tags.length), relation: pairScorer(width, relations.length) }
    const all = tasks.reduce((sum, task) => sum + outputs[task], 0)
    const counts = tasks.map((task) => {
      const seen = early ? (interaction ? all : outputs[task]) : 0
      const cell = gru ? gatedCell(seen, width, resetAfter) : affine(width + seen, width)
      const prior = early ? 2 * (affine(seen, width) + affine(width, width)) : 0
      const own = { none: 0, deterministic: cell, stochastic: 2 * cell + prior }[map]
      return own + (early ? 2 : 1) * heads[task]
    })
    return counts.reduce((sum, count) => sum + count, 0)
  },
}
