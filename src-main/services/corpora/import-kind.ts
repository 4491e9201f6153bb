/**
 * The kind of job that imports: files are staged out of sight, made searchable, and then wait for a person or come into sight. It goes
 * on by reading the files again up to where it was, without writing; the report is counted anew on the way, so that it is the same.
 */
import { setImmediate } from 'node:timers/promises'
import type { ImportReport } from '#main/api/imports'
import { AppError } from '#main/core/errors'
import type { JobWork } from '#main/jobs/job-kind'
import type { StagedImport } from '#main/storage/staged-import'
import { countOf } from '#main/text/numbers'
import type { ServiceContext } from '../context.ts'
import { runInSlices } from '../slices.ts'
import type { ShownKind } from '../jobs/shown-kind.ts'
import { createImportFold, type ImportFold } from './import-report.ts'
import { uploadsOf } from './import-sources.ts'
import {
  cursorOf,
  isPreviewJob,
  refuseOtherFiles,
  specOfJob,
  toJson,
  type ImportCursor,
  type ImportRequest,
} from './import-spec.ts'
import { bringIntoSight, refuseKnown, type WaitingImport } from './publish-import.ts'
import { stageRequest } from './stage-request.ts'

export interface ImportKind {
  readonly kind: ShownKind
  /** Notes that somebody waits for a job: its report or failure is kept for them, and a preview waits to be published. */
  watch(jobId: number, watcher: Watcher): void
  /** The report or failure of a job that was watched. */
  unwatch(jobId: number): Outcome
  /** Imports that wait for publishing, by their ids, oldest first. */
  readonly waiting: Map<number, WaitingImport>
  /** Erases what was staged, in the background. */
  erase(staged: Pick<StagedImport, 'stagingId'>): void
  /** Removes the uploads of an import; what another one still reads stays until it is swept. */
  dropUploads(uploadIds: readonly string[]): Promise<void>
  /** Brings an import into sight, after others that move sentences. */
  publish(found: WaitingImport, transaction: (work: () => void) => void): Promise<void>
}

interface Watcher {
  readonly isPreview: boolean
  readonly taskId: string
}

interface Outcome extends Partial<Watcher> {
  /** Report of the files that were read, also where the import failed. */
  readonly report?: ImportReport
  readonly error?: unknown
}

/** A preview comes into sight when a person has seen its report and confirms it, so its job alone cannot bring it there. */
const previewNeeds =
  'This was a preview: nothing is imported unasked. Choose the same files for the same corpus again: it goes on where it stopped.'

/** Milliseconds between two savings of how far an import is: what was written since is read again. */
const saveMs = 500

export function createImportKind(context: ServiceContext, sweep: () => void): ImportKind {
  const { workspace, uploads } = context
  const outcomes = new Map<number, Outcome>()
  const waiting = new Map<number, WaitingImport>()
  markPublished(context)

  const erase = ({ stagingId }: Pick<StagedImport, 'stagingId'>): void => {
    workspace.eraser.add(stagingId)
    sweep()
  }
  const publish: ImportKind['publish'] = async (found, transaction) => {
    // one at a time: where an import goes depends on what went before
    await context.inTurn('sentences', () => bringIntoSight(context, found, transaction))
    context.emit({ type: 'corpora-changed' })
  }

  async function dropUploads(uploadIds: readonly string[]): Promise<void> {
    for (const uploadId of uploadIds) await uploads.remove(uploadId).catch(() => undefined)
  }

  /** Stages the files, from the cursor on where there is one. */
  async function stage(
    request: ImportRequest,
    former: ImportCursor | null,
    fold: ImportFold,
    work: JobWork,
  ): Promise<WaitingImport> {
    const before = former && workspace.corpora.stagedBefore(former.stagingId)
    const staged = before ?? workspace.corpora.stage()
    let bytes = 0
    let savedMs = performance.now()
    const isPreview = outcomes.get(work.jobId)?.isPreview ?? false
    let cursor: ImportCursor =
      former && before
        ? { ...former, isPreview }
        : { stagingId: staged.stagingId, docs: 0, lastDocId: 0, done: [], open: [], isPublished: false, isPreview }
    work.save(toJson(cursor), 0)
    if (before) for (const _ of staged.keepTo(cursor.lastDocId)) await pause(work)
    const files = await stageRequest(context, request, {
      ...{ staged, fold, signal: work.signal, former: cursor },
      total: (amount) => work.total(amount),
      progress: (amount, detail) => work.progress((bytes = amount), detail),
      written(place) {
        cursor = { ...cursor, ...place, lastDocId: staged.lastDocId() }
        if (performance.now() - savedMs < saveMs) return
        savedMs = performance.now()
        work.save(toJson(cursor), bytes)
      },
    })
    work.save(toJson(cursor), bytes)
    await runInSlices(refuseKnown(context, request.corpus, files))
    work.progress(bytes, `${countOf(fold.sentences(), 'sentence')}: making them searchable`)
    await staged.index(() => pause(work))
    const report = fold.report(staged.stagingId, null)
    return {
      ...{ staged, corpus: request.corpus, files, labels: fold.labels(), report },
      ...{ uploadIds: uploadsOf(request.files), cursor, bytes },
    }
  }

  async function run(
    request: ImportRequest,
    cursor: ImportCursor | null,
    fold: ImportFold,
    work: JobWork,
  ): Promise<ImportReport> {
    const found = await stage(request, cursor, fold, work)
    if (outcomes.get(work.jobId)?.isPreview === true) {
      waiting.set(found.staged.stagingId, found)
      return found.report
    }
    const published = toJson({ ...found.cursor, isPublished: true })
    await publish(found, (effect) => work.save(published, found.bytes, effect))
    work.note(`${countOf(found.report.sentences, 'sentence')} imported into ${request.corpus}.`)
    work.save(published, found.bytes)
    return { ...found.report, importId: null }
  }

  return {
    ...{ waiting, erase, publish, dropUploads },
    watch: (jobId, watcher) => void outcomes.set(jobId, watcher),
    unwatch(jobId) {
      const outcome = outcomes.get(jobId) ?? {}
      outcomes.delete(jobId)
      return outcome
    },
    kind: {
      name: 'import',
      resource: 'none',
      taskOf({ jobId }) {
        const taskId = outcomes.get(jobId)?.taskId
        return taskId === undefined ? {} : { taskId }
      },
      needs: (job) => (isPreviewJob(job) ? previewNeeds : null),
      async run(spec, json, work) {
        const cursor = cursorOf(json)
        if (cursor?.isPublished === true) return
        const own = specOfJob({ spec })
        const releases: (() => void)[] = []
        const fold = createImportFold()
        let isPublished = false
        const keep = (result: Partial<Outcome>): void => {
          const outcome = outcomes.get(work.jobId)
          if (outcome) outcomes.set(work.jobId, { ...outcome, ...result })
        }
        try {
          if (cursor) refuseOtherFiles(own)
          for (const uploadId of uploadsOf(own.request.files)) releases.push(uploads.hold(uploadId))
          const report = await run(own.request, cursor, fold, work)
          isPublished = report.importId === null
          keep({ report })
        } catch (error) {
          keep({ error, ...(error instanceof AppError && { report: fold.report(null, error) }) })
          throw error
        } finally {
          for (const release of releases) release()
          if (isPublished) await dropUploads(uploadsOf(own.request.files))
        }
      },
      async discard(_, json) {
        const cursor = cursorOf(json)
        if (cursor && !cursor.isPublished) erase(cursor)
      },
    },
  }
}

async function pause({ signal }: JobWork): Promise<void> {
  await setImmediate()
  signal.throwIfAborted()
}

/** An import that came into sight is done, whatever ended the program before its job could say so. */
function markPublished({ workspace: { jobs }, now }: ServiceContext): void {
  for (const job of jobs.list({ offset: 0, limit: 1000 }).jobs)
    if (job.kind === 'import' && job.state === 'interrupted' && cursorOf(job.cursor)?.isPublished === true)
      jobs.change(job.jobId, { state: 'finished', endedMs: now() })
}
