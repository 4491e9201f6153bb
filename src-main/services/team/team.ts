/** Team in the services: how far the annotators of a corpus agree. */
import type { Handlers } from '#main/api/handlers'
import { usualDraws } from '#main/evaluation/agreement/resample'
import { ownLayer } from '#main/document/layer'
import type { ServiceContext } from '../context.ts'

export function createTeam({ workspace, reads }: ServiceContext): Handlers['team'] {
  const { corpora, layers } = workspace
  return {
    async layers({ corpusId }) {
      const { splits } = corpora.find(corpusId)
      const sentences = Object.values(splits).reduce((sum, split) => sum + split.sentences, 0)
      return [...layers.list(corpusId), { ...ownLayer, sentences }]
    },
    agreement: ({ corpusId, layers: asked, seed }, signal) =>
      reads.ask('agreement', { corpusId, layers: asked, seed, draws: usualDraws }, { signal }),
  }
}
