/** Exports the rows that pass a filter, page by page, all of them or nothing. */
import type { CallInputs, Handlers } from '#main/api/handlers'
import type { ResultExport, ResultFile } from '#main/api/results'
import { AppError } from '#main/core/errors'
import type { ExtractedRow, RowPage, RowPlace } from '#main/document/extracted-row'
import { openFileSink } from '#main/files/file-sink'
import { openFolderSink } from '#main/files/folder-sink'
import { countOf } from '#main/text/numbers'
import type { ServiceContext, TaskHandle } from '../context.ts'
import { exportExtraction } from '../extraction/extraction-export.ts'
import type { OpenOutput } from '../system/downloads.ts'
import { resultWriters } from './formats/formats.ts'
import type { RowListing } from './row-listing.ts'

/** Rows that are read and written at a time. */
const pageLength = 1000

type Request = Omit<CallInputs['results']['prepareDownload'], keyof ResultExport> & ResultExport

export function createResultExport(
  context: ServiceContext,
  listing: RowListing,
): { readonly exportTo: Handlers['results']['export']; readonly download: Handlers['results']['prepareDownload'] } {
  const { workspace, reads, tasks, downloads } = context

  /** As a task that can be cancelled. */
  async function write(request: Request, open: OpenOutput, signal?: AbortSignal): Promise<ResultFile> {
    const { extractionId, taskId } = request
    const cancel = new AbortController()
    const stop = signal ? AbortSignal.any([signal, cancel.signal]) : cancel.signal
    const title = `export ${workspace.extractions.find(extractionId)?.title ?? ''}`
    const empty = { detail: '', fraction: null, secondsLeft: null }
    const task = tasks.begin({ taskId, kind: 'export', title, ...empty }, () => cancel.abort())
    try {
      const file = await writeRows(request, open, stop, task)
      task.finish('finished', countOf(file.triples, 'triple'))
      return file
    } catch (error) {
      task.finish(stop.aborted ? 'cancelled' : 'failed', error instanceof Error ? error.message : String(error))
      throw error
    }
  }

  async function writeRows(
    { extractionId, format, filter, ...options }: Request,
    open: OpenOutput,
    signal: AbortSignal,
    task: TaskHandle,
  ): Promise<ResultFile> {
    const extraction = workspace.extractions.find(extractionId)
    if (!extraction) throw new AppError('not-found', `There is no extraction ${extractionId}.`)
    const isWhole = Object.values(filter).every((value) => value === undefined)
    if (format === 'jsonl' && isWhole) {
      const { fileName, losses } = await exportExtraction(
        ...([workspace.extractions, extraction, format, open, workspace.samples.verdicts] as const),
      )
      return { fileName, triples: extraction.triples, losses }
    }
    await listing.done(extractionId)
    const { layout, extension, open: openWriter } = resultWriters[format]
    const fileName = `extraction-${extractionId}${isWhole ? '' : '-filtered'}${extension}`
    const output = await open(layout, fileName)
    try {
      const writer = openWriter(output.sink, { ...options, run: { runId: extraction.runId, name: extraction.runName } })
      await writer.begin()
      let [triples, after]: [number, RowPlace | null] = [0, null]
      do {
        if (signal.aborted) throw new AppError('cancelled', 'The export was cancelled. Nothing was written.')
        const request = { of: 'triples', extractionId, filter, sorting: { by: 'order', isDescending: false } } as const
        const page: RowPage<ExtractedRow> = await reads.ask(
          'resultTriples',
          { ...request, after, limit: pageLength },
          { signal },
        )
        await writer.write(page.rows)
        triples += page.rows.length
        after = page.next
        task.update({ detail: countOf(triples, 'triple'), fraction: page.total ? triples / page.total : null })
      } while (after)
      await writer.end()
      await output.finish()
      return { fileName, triples, losses: writer.losses() }
    } catch (error) {
      await output.abandon()
      throw error
    }
  }

  return {
    exportTo: ({ path, replace, ...request }, signal) =>
      write(
        request,
        (layout) => (layout === 'folder' ? openFolderSink(path, { replace }) : openFileSink(path, { replace })),
        signal,
      ),
    download: (request, signal) => downloads.prepare((open) => write(request, open, signal)),
  }
}
