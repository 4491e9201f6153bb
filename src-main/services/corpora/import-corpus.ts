/** Importing: a dry run that only reports, and the real one that becomes visible all at once or not at all. */
import { setImmediate } from 'node:timers/promises'
import { AppError } from '#main/core/errors'
import type { ImportReport } from '#main/api/corpora'
import type { Split } from '#main/document/doc'
import { emptyLabelSet } from '#main/labels/label-set'
import type { StagedImport } from '#main/storage/staged-import'
import type { ServiceContext, TaskHandle } from '../context.ts'
import { parseFile, refuseTwins, refuseUnreadable, type ImportFile, type ParsedFile } from './import-files.ts'
import { reportOf } from './import-report.ts'

export interface ImportRequest {
  /** Name of the corpus; it is made when there is none. */
  readonly corpus: string
  /** Where docs go that name no split themselves. */
  readonly split: Split
  readonly files: readonly ImportFile[]
  readonly format?: string | undefined
}

/** Docs written at a time: some tens of milliseconds. */
const chunkSize = 250

export async function previewImport(request: ImportRequest): Promise<ImportReport> {
  const files = []
  for (const file of request.files) {
    files.push(parseFile(file, request.format))
    await setImmediate()
  }
  return reportOf(files)
}

/**
 * Imports every file or none.
 * @throws AppError naming the file when one is unreadable or already imported; 'cancelled' when `signal` says so.
 */
export async function importCorpus(
  context: ServiceContext,
  request: ImportRequest & { readonly taskId: string },
  signal?: AbortSignal,
): Promise<ImportReport> {
  const title = `import ${request.files.map(({ name }) => name).join(', ')}`
  const empty = { detail: 'reading', fraction: null, secondsLeft: null }
  const task = context.tasks.begin({ taskId: request.taskId, kind: 'import', title, ...empty })
  try {
    const report = await importAll(context, request, task, signal)
    task.finish('finished', `${report.sentences} sentences into ${request.corpus}`)
    context.emit({ type: 'corpora-changed' })
    return report
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    task.finish(signal?.aborted ? 'cancelled' : 'failed', message)
    throw error
  }
}

async function importAll(
  context: ServiceContext,
  request: ImportRequest,
  task: TaskHandle,
  signal: AbortSignal | undefined,
): Promise<ImportReport> {
  const { workspace } = context
  const files: ParsedFile[] = []
  for (const file of request.files) {
    refuseCancelled(signal)
    files.push(parseFile(file, request.format))
    await setImmediate()
  }
  refuseUnreadable(files)
  refuseTwins(files)
  refuseKnown(context, request, files)
  const report = reportOf(files)
  const staged = workspace.corpora.stage()
  try {
    const docs = files.reduce((sum, file) => sum + file.docs.length, 0)
    let done = 0
    for (const { name, docs: fileDocs } of files)
      for (let start = 0; start < fileDocs.length; start += chunkSize) {
        const chunk = fileDocs.slice(start, start + chunkSize)
        for (const [split, own] of Map.groupBy(chunk, (doc) => doc.split ?? request.split)) staged.add(split, name, own)
        done += chunk.length
        task.update({ detail: `${done} of ${docs} documents`, fraction: done / docs })
        await setImmediate()
        refuseCancelled(signal)
      }
    workspace.transaction(() => {
      refuseKnown(context, request, files)
      const corpusId =
        workspace.corpora.findByName(request.corpus)?.corpusId ??
        workspace.corpora.create(request.corpus, emptyLabelSet)
      staged.publish(corpusId)
      for (const { name, sha256, labels } of files) {
        workspace.labels.extend(corpusId, labels)
        workspace.corpora.rememberFile(corpusId, { name, split: request.split, sha256, atMs: context.now() })
      }
    })
  } catch (error) {
    discard(staged)
    throw error
  }
  return report
}

function discard(staged: StagedImport): void {
  try {
    staged.discard()
  } catch {
    // a full disk has no room to forget either: the next opening of the workspace does it
  }
}

function refuseKnown({ workspace }: ServiceContext, request: ImportRequest, files: readonly ParsedFile[]): void {
  const corpus = workspace.corpora.findByName(request.corpus)
  if (!corpus) return
  for (const { name, sha256 } of files) {
    const known = workspace.corpora.findFile(corpus.corpusId, sha256)
    if (known)
      throw new AppError(
        'conflict',
        `${name} is already imported: ${request.corpus} took the same content as ${known.name} into ${known.split}. Choose another file, or give another corpus name.`,
      )
  }
}

function refuseCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AppError('cancelled', 'The import was cancelled. Nothing was imported.')
}
