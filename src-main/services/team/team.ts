/** Team in the services: how far the annotators of a corpus agree, and the packages that go out to them and come back. */
import type { Handlers } from '#main/api/handlers'
import { usualDraws } from '#main/evaluation/agreement/resample'
import { ownLayer } from '#main/document/layer'
import type { ServiceContext } from '../context.ts'
import { mergePackage } from './merge-package.ts'
import { createPackages } from './packages.ts'

export function createTeam(context: ServiceContext): Handlers['team'] {
  const { workspace, reads } = context
  const { corpora, layers } = workspace
  return {
    async layers({ corpusId }) {
      const { splits } = corpora.find(corpusId)
      const sentences = Object.values(splits).reduce((sum, split) => sum + split.sentences, 0)
      return [...layers.list(corpusId), { ...ownLayer, sentences }]
    },
    agreement: ({ corpusId, layers: asked, seed }, signal) =>
      reads.ask('agreement', { corpusId, layers: asked, seed, draws: usualDraws }, { signal }),
    ...createPackages(context),
    merge: (request, signal) => mergePackage(context, request, signal),
  }
}
