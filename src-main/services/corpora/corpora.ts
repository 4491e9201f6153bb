/** Corpora in the services: they are listed, imported, looked through, counted, renamed and exported. */
import type { Handlers } from '#main/api/handlers'
import { runInSlices } from '../slices.ts'
import type { ServiceContext } from '../context.ts'
import { exportCorpus, listFormats, previewExport, writeExport } from './export-corpus.ts'
import { createImports } from './import-corpus.ts'
import { createSavedFilters } from './saved-filters.ts'
import { createSplits } from './splits.ts'
import type { JobEngine } from '#main/jobs/engine'
import { createJobs } from '../jobs/jobs.ts'
import { createImportKind, type ImportKind } from './import-kind.ts'
import { createStatistics, createStatisticsKind, type StatisticsKind } from './statistics-kind.ts'

/** The jobs that corpora are worked at with. */
interface CorporaJobs {
  readonly kind: ImportKind
  readonly statistics: StatisticsKind
  readonly jobs: JobEngine
}

/** An engine for jobs of corpora alone, where the program has no others. */
function corporaAlone(context: ServiceContext, sweep: () => void): CorporaJobs {
  const kind = createImportKind(context, sweep)
  const statistics = createStatisticsKind(context)
  return { kind, statistics, jobs: createJobs(context, [kind.kind, statistics.kind]) }
}

export function createCorpora(
  context: ServiceContext,
  sweep: () => void,
  { kind, statistics, jobs }: CorporaJobs = corporaAlone(context, sweep),
): Omit<Handlers['corpora'], 'removal' | 'remove'> {
  const { workspace, emit } = context
  const imports = createImports(context, kind, jobs)
  const { corpora } = workspace
  return {
    list: async () => corpora.list(),
    formats: async () => listFormats(),
    previewImport: imports.preview,
    publishImport: ({ importId, corpus }) => imports.publish(importId, corpus),
    discardImport: async ({ importId }) => imports.discard(importId),
    import: imports.run,
    // what is searched for is looked up in a thread; a filter by a run may have to score first, which writes
    sentences: (request, signal) =>
      request.filter.search && !request.filter.run
        ? context.reads.ask('page', request, { signal })
        : runInSlices(corpora.sentencePageSteps(request.corpusId, request.filter, request.offset, request.limit)),
    sentenceIds: async ({ corpusId, filter, offset, limit }) => [
      ...(await runInSlices(corpora.idPageSteps(corpusId, filter, offset, limit))).ids,
    ],
    ...createSplits(context),
    problems: async ({ corpusId, filter, offset, limit }) => corpora.problems(corpusId, filter, offset, limit),
    leaks: (request, signal) => context.reads.ask('leaks', request, { signal }),
    ...createSavedFilters(context),
    statistics: createStatistics(context, statistics, jobs),
    async rename({ corpusId, name }) {
      corpora.rename(corpusId, name)
      emit({ type: 'corpora-changed' })
    },
    previewExport: (choice, signal) => previewExport(context, choice, signal),
    prepareDownload: (choice, signal) =>
      context.downloads.prepare((open) => writeExport(context, choice, open, signal)),
    readDownload: context.downloads.read,
    export: (choice, signal) => exportCorpus(context, choice, signal),
  }
}
