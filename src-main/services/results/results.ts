/** Results of extractions: rows and groups, read in the thread that reads; what is corrected and exported of them. */
import { AppError } from '#main/core/errors'
import type { Handlers } from '#main/api/handlers'
import type { ServiceContext } from '../context.ts'
import { correctRow } from './correct-row.ts'
import type { ResultExporter } from './result-export.ts'
import type { RowListing } from './row-listing.ts'

interface ResultParts {
  readonly listing: RowListing
  readonly exporter: ResultExporter
  readonly exportTo: Handlers['results']['export']
}

export function createResults(
  context: ServiceContext,
  { listing, exporter, exportTo }: ResultParts,
): Handlers['results'] {
  const { workspace, reads } = context
  /** Runs of which it is being found out how many objects their relations have. */
  const asked = new Set<string>()

  async function findFunctional(extractionId: number): Promise<void> {
    const runId = workspace.extractions.find(extractionId)?.runId ?? ''
    const run = workspace.runs.list().find((one) => one.runId === runId)
    if (!run || asked.has(runId) || workspace.corrections.knowsFunctional(runId)) return
    asked.add(runId)
    const isThere = workspace.corpora.list().some(({ corpusId }) => corpusId === run.corpusId)
    if (!isThere) return
    const shares = await reads.ask('functionalRelations', { corpusId: run.corpusId })
    workspace.corrections.keepFunctional(runId, shares)
    context.emit({ type: 'extractions-changed' })
  }

  return {
    async facts({ extractionId }) {
      listing.wake(extractionId)
      void findFunctional(extractionId).catch(() => undefined) // the program ends, or the corpus went: nothing is functional then
      return workspace.results.facts(extractionId)
    },
    triples: (request, signal) => reads.ask('resultTriples', request, { signal }),
    pairs: (request, signal) => reads.ask('resultPairs', request, { signal }),
    entities: (request, signal) => reads.ask('resultEntities', request, { signal }),
    marks: (request, signal) => reads.ask('resultMarks', request, { signal }),
    async neighbourhood({ extractionId, ...request }, signal) {
      const found = await reads.ask('neighbourhood', request, { signal })
      if (!found)
        throw new AppError(
          'not-found',
          `The extraction ${extractionId} has no entity ${request.entityId}. Choose one from its list of entities.`,
        )
      return found
    },
    async compare({ extractionId, against }, signal) {
      if (extractionId === against.extractionId)
        throw new AppError(
          'invalid-input',
          'This is one and the same extraction. Choose another one to compare it with.',
        )
      await Promise.all([listing.done(extractionId), listing.done(against.extractionId)])
      return reads.ask('compareResults', { extractionId, otherId: against.extractionId }, { signal })
    },
    correct: async ({ tripleId }) => correctRow(context, tripleId),
    export: exportTo,
    prepareDownload: exporter.download,
  }
}
