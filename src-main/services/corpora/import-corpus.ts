/** Importing: files are staged out of sight, which is the dry run, and then published or discarded as a whole. A job does the work. */
import type { ImportReport } from '#main/api/imports'
import { AppError } from '#main/core/errors'
import type { JobEngine } from '#main/jobs/engine'
import type { Job } from '#main/jobs/job'
import type { ServiceContext } from '../context.ts'
import type { ImportKind } from './import-kind.ts'
import { isSameSpec, specOf, specOfJob, titleOf, type ImportRequest, type ImportSpec } from './import-spec.ts'

export interface Imports {
  preview(request: ImportRequest, signal?: AbortSignal): Promise<ImportReport>
  publish(importId: number, corpus?: string): Promise<ImportReport>
  discard(importId: number): void
  run(request: ImportRequest, signal?: AbortSignal): Promise<ImportReport>
}

/** Previews that wait at a time; the oldest is discarded for a further one, all when the program ends: the person has gone then. */
const mostWaiting = 4

export function createImports(context: ServiceContext, importing: ImportKind, engine: JobEngine): Imports {
  const { workspace } = context
  const { waiting, erase } = importing

  /** Does the import as a job; one that was interrupted and was to do the same goes on. */
  async function work(request: ImportRequest, isPreview: boolean, signal?: AbortSignal): Promise<Done> {
    const spec = specOf(request, isPreview)
    const former = findInterrupted(spec)
    const { jobId } = former ?? engine.begin(importing.kind.name, titleOf(request, isPreview), spec)
    importing.watch(jobId, { isPreview, taskId: request.taskId })
    if (former) {
      engine.retitle(jobId, titleOf(request, isPreview))
      engine.resume(jobId)
    }
    const cancel = (): void => void engine.cancel(jobId).catch(() => undefined) // it may be over by then
    if (signal?.aborted === true) cancel()
    signal?.addEventListener('abort', cancel)
    const { state } = await engine.over(jobId)
    signal?.removeEventListener('abort', cancel)
    const { report, error } = importing.unwatch(jobId)
    const canGoOn = state === 'interrupted' || state === 'paused'
    if (!canGoOn) await engine.forget(jobId)
    if (state === 'finished' && report) return { report, refusal: null }
    if (state === 'cancelled') throw new AppError('cancelled', 'The import was cancelled. Nothing was imported.')
    if (canGoOn && !isFault(error)) throw ended()
    if (!(error instanceof AppError) || !report || !refusals.has(error.code)) throw error
    return { report, refusal: error }
  }

  function findInterrupted(spec: ImportSpec): Job | undefined {
    return workspace.jobs.stopped('import').find((job) => job.state !== 'failed' && isSameSpec(specOfJob(job), spec))
  }

  function discard(importId: number): void {
    const found = waiting.get(importId)
    if (!found) return
    waiting.delete(importId)
    erase(found.staged)
  }

  return {
    discard,
    async publish(importId, corpus) {
      const found = waiting.get(importId)
      if (!found)
        throw new AppError('not-found', `There is no import ${importId} that waits for this. Choose its files again.`)
      waiting.delete(importId)
      try {
        await importing.publish({ ...found, corpus: corpus ?? found.corpus }, (effect) => workspace.transaction(effect))
      } catch (error) {
        erase(found.staged)
        throw error
      }
      await importing.dropUploads(found.uploadIds)
      return { ...found.report, importId: null }
    },
    async preview(request, signal) {
      const { report } = await work(request, true, signal)
      for (const oldest of [...waiting.keys()].slice(0, -mostWaiting)) discard(oldest)
      return report
    },
    async run(request, signal) {
      const { report, refusal } = await work(request, false, signal)
      if (refusal) throw new AppError(refusal.code, `${refusal.message} Nothing was imported.`)
      return report
    },
  }
}

interface Done {
  readonly report: ImportReport
  /** Why nothing of the files can be imported. */
  readonly refusal: AppError | null
}

/** A fault stopped an import for a reason of its own, such as a full disk, and not because it was told to. */
const isFault = (error: unknown): boolean =>
  error !== undefined && (!(error instanceof AppError) || error.code !== 'cancelled') && !isAbort(error)

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError'

function ended(): AppError {
  return new AppError(
    'cancelled',
    'The import was stopped before its end. Import the same files again to go on where it was.',
  )
}

/** Codes of failures that say that nothing of the files can be imported: a preview reports them. */
const refusals: ReadonlySet<string> = new Set(['invalid-input', 'conflict'])
