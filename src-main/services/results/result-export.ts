/** Exports the rows that pass a filter, page by page, all of them or nothing. */
import type { CallInputs, Handlers } from '#main/api/handlers'
import type { ResultExport, ResultFile } from '#main/api/results'
import { AppError } from '#main/core/errors'
import type { ExtractedRow, RowPage, RowPlace } from '#main/document/extracted-row'
import { countOf } from '#main/text/numbers'
import type { JobWork } from '#main/jobs/job-kind'
import type { ServiceContext } from '../context.ts'
import { exportExtraction } from '../extraction/extraction-export.ts'
import type { OpenOutput } from '../system/downloads.ts'
import { resultWriters } from './formats/formats.ts'
import type { RowListing } from './row-listing.ts'

/** Rows that are read and written at a time. */
const pageLength = 1000

export type ResultRequest = Omit<CallInputs['results']['prepareDownload'], keyof ResultExport | 'taskId'> & ResultExport

/** Who follows an export. */
export type ExportFollower = Pick<JobWork, 'signal' | 'total' | 'progress'> & {
  /** Is told what was written before it takes the place of what was there. */
  readonly onWritten?: (file: ResultFile) => void
}

export interface ResultExporter {
  write(request: ResultRequest, open: OpenOutput, follower: ExportFollower): Promise<ResultFile>
  readonly download: Handlers['results']['prepareDownload']
}

export function createResultExporter(context: ServiceContext, listing: RowListing): ResultExporter {
  const { workspace, reads, tasks, downloads } = context

  /** As a task that can be cancelled: what a window waits for is gone with it. */
  async function writeAsTask(
    request: ResultRequest,
    taskId: string,
    open: OpenOutput,
    signal?: AbortSignal,
  ): Promise<ResultFile> {
    const cancel = new AbortController()
    const stop = signal ? AbortSignal.any([signal, cancel.signal]) : cancel.signal
    const title = titleOf(context, request)
    const empty = { detail: '', fraction: null, secondsLeft: null }
    const task = tasks.begin({ taskId, kind: 'export', title, ...empty }, () => cancel.abort())
    let amount: number | null = null
    try {
      const file = await write(request, open, {
        signal: stop,
        total: (all) => void (amount = all),
        progress: (done, detail) => task.update({ detail, fraction: amount ? done / amount : null }),
      })
      task.finish('finished', countOf(file.triples, 'triple'))
      return file
    } catch (error) {
      task.finish(stop.aborted ? 'cancelled' : 'failed', error instanceof Error ? error.message : String(error))
      throw error
    }
  }

  async function write(
    { extractionId, format, filter, ...options }: ResultRequest,
    open: OpenOutput,
    { signal, total, progress, onWritten }: ExportFollower,
  ): Promise<ResultFile> {
    const extraction = workspace.extractions.find(extractionId)
    if (!extraction) throw new AppError('not-found', `There is no extraction ${extractionId}.`)
    const isWhole = Object.values(filter).every((value) => value === undefined)
    if (format === 'jsonl' && isWhole) {
      const fileName = await exportExtraction(reads, extraction, open, signal)
      return { fileName, triples: extraction.triples, losses: [] }
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
        total(page.total)
        progress(triples, countOf(triples, 'triple'))
      } while (after)
      await writer.end()
      const file = { fileName, triples, losses: writer.losses() }
      onWritten?.(file)
      await output.finish()
      return file
    } catch (error) {
      await output.abandon()
      throw error
    }
  }

  return {
    write,
    download: ({ taskId, ...request }, signal) =>
      downloads.prepare((open) => writeAsTask(request, taskId, open, signal)),
  }
}

export function titleOf({ workspace }: Pick<ServiceContext, 'workspace'>, { extractionId }: ResultRequest): string {
  return `export ${workspace.extractions.find(extractionId)?.title ?? ''}`
}
