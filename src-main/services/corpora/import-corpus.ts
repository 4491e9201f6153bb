/** Importing: a dry run that only reports, and the real one that becomes visible all at once or not at all. */
import { setImmediate } from 'node:timers/promises'
import { AppError } from '#main/core/errors'
import type { ImportReport } from '#main/api/corpora'
import type { Split } from '#main/document/doc'
import { emptyLabelSet } from '#main/labels/label-set'
import type { StagedImport } from '#main/storage/staged-import'
import type { ServiceContext, TaskHandle } from '../context.ts'
import type { CorpusFile, ReadChoice } from '#main/corpora/read-corpus'
import { nameApart, parseFile, refusalOf, type ParsedFile } from './import-files.ts'
import { reportOf } from './import-report.ts'

export interface ImportRequest extends ReadChoice {
  /** Name of the corpus; it is made when there is none. */
  readonly corpus: string
  /** Split of docs that name none themselves. */
  readonly split: Split
  readonly files: readonly CorpusFile[]
  /** Import nothing when a record cannot be taken. */
  readonly isStrict?: boolean | undefined
}

/** Docs written at a time: some tens of milliseconds. */
const chunkSize = 250

/** @throws AppError 'unsupported-format'; whatever else would refuse the import is told in the report. */
export async function previewImport(context: ServiceContext, request: ImportRequest): Promise<ImportReport> {
  const files = await parseAll(context, request)
  const refusal = refusalOf(files, request.isStrict ?? false) ?? knownFile(context, request, files)
  return reportOf(files, request.split, refusal)
}

async function parseAll(context: ServiceContext, request: ImportRequest, signal?: AbortSignal): Promise<ParsedFile[]> {
  const { corpora } = context.workspace
  const corpus = corpora.findByName(request.corpus)
  const files: ParsedFile[] = []
  for (const file of nameApart(request.files, corpus ? corpora.fileNames(corpus.corpusId) : undefined)) {
    refuseCancelled(signal)
    files.push(parseFile(file, request))
    await setImmediate()
  }
  return files
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
  const title = `import ${nameApart(request.files)
    .map(({ name }) => name)
    .join(', ')}`
  const empty = { detail: 'reading', fraction: null, secondsLeft: null }
  const cancel = new AbortController()
  const task = context.tasks.begin({ taskId: request.taskId, kind: 'import', title, ...empty }, () => cancel.abort())
  const stop = signal ? AbortSignal.any([signal, cancel.signal]) : cancel.signal
  try {
    const report = await importAll(context, request, task, stop)
    task.finish('finished', `${report.sentences} sentences into ${request.corpus}`)
    context.emit({ type: 'corpora-changed' })
    return report
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    task.finish(stop.aborted ? 'cancelled' : 'failed', message)
    throw error
  }
}

async function importAll(
  context: ServiceContext,
  request: ImportRequest,
  task: TaskHandle,
  signal: AbortSignal,
): Promise<ImportReport> {
  const { workspace } = context
  const files = await parseAll(context, request, signal)
  const refusal = refusalOf(files, request.isStrict ?? false) ?? knownFile(context, request, files)
  if (refusal) throw nothingImported(refusal)
  const report = reportOf(files, request.split, null)
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
      const known = knownFile(context, request, files)
      if (known) throw nothingImported(known)
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

/** A file whose content the corpus has already. */
function knownFile(
  { workspace }: ServiceContext,
  request: ImportRequest,
  files: readonly ParsedFile[],
): AppError | null {
  const corpus = workspace.corpora.findByName(request.corpus)
  if (!corpus) return null
  // a file that is not imported needs no name apart from those that were
  const names = nameApart(request.files).map(({ name }) => name)
  for (const [index, { name, sha256 }] of files.entries()) {
    const known = workspace.corpora.findFile(corpus.corpusId, sha256)
    if (known)
      return new AppError(
        'conflict',
        `${names[index] ?? name} is already imported: ${request.corpus} took the same content as ${known.name}. Choose another file, or give another corpus name.`,
      )
  }
  return null
}

const nothingImported = ({ code, message }: AppError): AppError =>
  new AppError(code, `${message} Nothing was imported.`)

function refuseCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new AppError('cancelled', 'The import was cancelled. Nothing was imported.')
}
