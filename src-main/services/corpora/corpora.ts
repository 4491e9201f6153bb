/** What can be done with corpora: list, import, look through, count, rename, put away, export. */
import type { Handlers } from '#main/api/handlers'
import type { ServiceContext } from '../context.ts'
import { exportCorpus, listFormats } from './export-corpus.ts'
import { importCorpus, previewImport } from './import-corpus.ts'
import { corpusStatistics } from './statistics.ts'

export function createCorpora(context: ServiceContext): Handlers['corpora'] {
  const { workspace, emit } = context
  const { corpora } = workspace
  const change = (act: () => void) => {
    act()
    emit({ type: 'corpora-changed' })
  }
  return {
    list: async () => corpora.list(),
    formats: async () => listFormats(),
    previewImport: (request) => previewImport(context, request),
    import: (request, signal) => importCorpus(context, request, signal),
    sentences: async ({ corpusId, filter, offset, limit }) => corpora.sentencePage(corpusId, filter, offset, limit),
    statistics: async ({ corpusId }) => corpusStatistics(workspace, corpusId),
    rename: async ({ corpusId, name }) => change(() => corpora.rename(corpusId, name)),
    remove: async ({ corpusId }) => change(() => corpora.remove(corpusId)),
    restore: async ({ corpusId }) => change(() => corpora.restore(corpusId)),
    export: async (request) => exportCorpus(workspace, request),
  }
}
