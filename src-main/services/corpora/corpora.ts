/** What can be done with corpora: list, import, look through, count, rename, export. */
import type { Handlers } from '#main/api/handlers'
import type { ServiceContext } from '../context.ts'
import { exportCorpus, listFormats } from './export-corpus.ts'
import { importCorpus, previewImport } from './import-corpus.ts'
import { corpusStatistics } from './statistics.ts'

export function createCorpora(context: ServiceContext): Omit<Handlers['corpora'], 'removal' | 'remove'> {
  const { workspace, emit } = context
  const { corpora } = workspace
  return {
    list: async () => corpora.list(),
    formats: async () => listFormats(),
    previewImport: (request) => previewImport(context, request),
    import: (request, signal) => importCorpus(context, request, signal),
    sentences: async ({ corpusId, filter, offset, limit }) => corpora.sentencePage(corpusId, filter, offset, limit),
    statistics: async ({ corpusId }) => corpusStatistics(workspace, corpusId),
    async rename({ corpusId, name }) {
      corpora.rename(corpusId, name)
      emit({ type: 'corpora-changed' })
    },
    export: async (request) => exportCorpus(workspace, request),
  }
}
