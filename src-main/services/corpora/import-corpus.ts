/** Importing: files are staged out of sight, which is the dry run, and then published or discarded as a whole. */
import { setImmediate } from 'node:timers/promises'
import type { CallInputs } from '#main/api/handlers'
import type { ImportReport } from '#main/api/corpora'
import { AppError } from '#main/core/errors'
import type { Problem } from '#main/core/problem'
import type { LeftOut } from '#main/files/left-out'
import type { LabelSet } from '#main/labels/label-set'
import type { StagedImport } from '#main/storage/staged-import'
import type { TakeTurn } from '#main/storage/turns'
import { countOf } from '#main/text/numbers'
import type { ServiceContext, TaskHandle } from '../context.ts'
import { createImportFold, type ImportFold } from './import-report.ts'
import { nameApart, openSources, uploadsOf } from './import-sources.ts'
import { planFiles } from './plan-files.ts'
import { planGroups } from './plan-groups.ts'
import { createRecordPlaces } from './record-places.ts'
import { stageFiles, type StagedFile } from './stage-files.ts'

type ImportRequest = CallInputs['corpora']['import']

interface NamedFile extends StagedFile {
  /** Its name among the files of the import alone. */
  readonly shownName: string
}

/** An import that waits for its publishing. */
interface WaitingImport {
  readonly staged: StagedImport
  readonly corpus: string
  readonly files: readonly NamedFile[]
  readonly labels: LabelSet
  readonly report: ImportReport
  /** Ids of the uploads that it was read from. */
  readonly uploadIds: readonly string[]
}

export interface Imports {
  preview(request: ImportRequest, signal?: AbortSignal): Promise<ImportReport>
  publish(importId: number, corpus?: string): Promise<ImportReport>
  discard(importId: number): void
  run(request: ImportRequest, signal?: AbortSignal): Promise<ImportReport>
}

/** Previews that wait at a time; the oldest is discarded for a further one. */
const mostWaiting = 4

/** @param sweep erases in the background what is given to the eraser. @param inTurn moves sentences one thing after the other. */
export function createImports(context: ServiceContext, sweep: () => void, inTurn: TakeTurn): Imports {
  const { workspace } = context
  const waiting = new Map<number, WaitingImport>()

  const erase = (staged: StagedImport): void => {
    workspace.eraser.add(staged.stagingId)
    sweep()
  }

  /** Stages the files; the import waits from then on. @throws AppError when nothing of the files can be imported. */
  async function stageAll(request: ImportRequest, fold: ImportFold, signal?: AbortSignal): Promise<number> {
    const task = beginTask(context, request, signal)
    const staged = workspace.corpora.stage()
    const importId = staged.stagingId
    const uploadIds = uploadsOf(request.files)
    const releases: (() => void)[] = []
    try {
      for (const uploadId of uploadIds) releases.push(context.uploads.hold(uploadId))
      const files = await stage(context, request, { staged, fold, task: task.handle, signal: task.signal })
      refuseKnown(context, request.corpus, files)
      task.handle.update({ detail: `${countOf(fold.sentences(), 'sentence')}: making them searchable`, fraction: 1 })
      await staged.index(async () => {
        await setImmediate()
        task.signal.throwIfAborted()
      })
      const report = fold.report(importId, null)
      waiting.set(importId, { staged, corpus: request.corpus, files, labels: fold.labels(), report, uploadIds })
      for (const oldest of [...waiting.keys()].slice(0, -mostWaiting)) discard(oldest)
      task.handle.finish('finished', `${countOf(report.sentences, 'sentence')} read`)
      return importId
    } catch (error) {
      erase(staged)
      task.handle.finish(task.signal.aborted ? 'cancelled' : 'failed', messageOf(error))
      if (task.signal.aborted) throw new AppError('cancelled', 'The import was cancelled. Nothing was imported.')
      throw error
    } finally {
      for (const release of releases) release()
    }
  }

  function discard(importId: number): void {
    const found = waiting.get(importId)
    if (!found) return
    waiting.delete(importId)
    erase(found.staged)
  }

  async function publish(importId: number, corpus?: string): Promise<ImportReport> {
    const found = waiting.get(importId)
    if (!found)
      throw new AppError('not-found', `There is no import ${importId} that waits for this. Choose its files again.`)
    waiting.delete(importId)
    try {
      // one at a time: where an import goes depends on what went before
      await inTurn('sentences', () => bringIntoSight(context, { ...found, corpus: corpus ?? found.corpus }))
    } catch (error) {
      erase(found.staged)
      throw error
    }
    // what another import still reads stays until it is swept
    for (const uploadId of found.uploadIds) await context.uploads.remove(uploadId).catch(() => undefined)
    context.emit({ type: 'corpora-changed' })
    return { ...found.report, importId: null }
  }

  return {
    publish,
    discard,
    async preview(request, signal) {
      const fold = createImportFold()
      try {
        return fold.report(await stageAll(request, fold, signal), null)
      } catch (error) {
        if (!(error instanceof AppError) || !refusals.has(error.code)) throw error
        return fold.report(null, error)
      }
    },
    async run(request, signal) {
      try {
        return await publish(await stageAll(request, createImportFold(), signal))
      } catch (error) {
        if (!(error instanceof AppError) || !refusals.has(error.code)) throw error
        throw new AppError(error.code, `${error.message} Nothing was imported.`)
      }
    },
  }
}

/** Codes of failures that say that nothing of the files can be imported: a preview reports them. */
const refusals: ReadonlySet<string> = new Set(['invalid-input', 'conflict'])

interface StageWork {
  readonly staged: StagedImport
  readonly fold: ImportFold
  readonly task: TaskHandle
  readonly signal: AbortSignal
}

async function stage(
  { workspace, now, uploads }: ServiceContext,
  request: ImportRequest,
  { staged, fold, task, signal }: StageWork,
): Promise<NamedFile[]> {
  const corpus = workspace.corpora.findByName(request.corpus)
  const { sources, leftOut } = await openSources(request.files, uploads, signal)
  const names = nameApart(sources, corpus ? workspace.corpora.fileNames(corpus.corpusId) : undefined)
  // a file that is not imported needs no name apart from those that were
  const shownNames = new Map(nameApart(sources).map((name, index) => [names[index] ?? name, name]))
  const plan = await planFiles(sources, names, request, signal)
  for (const note of [...plan.notes, ...leftOut.map(leftOutNote)]) fold.note(note)
  const sizes = plan.files.map(({ source }) => source.size)
  const total = sizes.includes(null) ? null : sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0)
  const startedMs = now()
  const places = createRecordPlaces()
  const units = await planGroups(plan.files, request, signal)
  const files = await stageFiles(units, request, {
    ...{ staged, fold, signal, places },
    progress(bytes) {
      const fraction = total === null ? null : Math.min(1, bytes / Math.max(1, total))
      const seconds = (now() - startedMs) / 1000
      const rate = Math.round(fold.sentences() / Math.max(seconds, 0.001))
      const secondsLeft = fraction === null || seconds < 1 ? null : seconds * (1 / Math.max(fraction, 1e-6) - 1)
      task.update({ detail: `${countOf(fold.sentences(), 'sentence')}, ${rate} a second`, fraction, secondsLeft })
    },
  })
  const problems = fold.problems().map((problem) => ({ ...problem, place: places.placeOf(problem) }))
  await staged.keepProblems(problems, fold.kinds(), setImmediate)
  return files.map((file) => ({ ...file, shownName: shownNames.get(file.name) ?? file.name }))
}

function leftOutNote({ kind, count, names }: LeftOut): Problem {
  const message = `${kind}: ${count} left out${names.length < count ? ', such as these' : ''}`
  return { file: names.join(', '), line: null, message, severity: 'note' }
}

function beginTask(context: ServiceContext, request: ImportRequest, signal?: AbortSignal) {
  const cancel = new AbortController()
  const named = request.files.map(({ file }) => ('path' in file ? file.path : file.name).replace(/^.*[\\/]/, ''))
  const title = named.length > 3 ? `import ${named.length} files` : `import ${named.join(', ')}`
  const empty = { detail: 'reading', fraction: null, secondsLeft: null }
  const handle = context.tasks.begin({ taskId: request.taskId, kind: 'import', title, ...empty }, () => cancel.abort())
  return { handle, signal: signal ? AbortSignal.any([signal, cancel.signal]) : cancel.signal }
}

async function bringIntoSight(context: ServiceContext, waiting: WaitingImport): Promise<void> {
  const { workspace } = context
  const steps = workspace.transaction(() => {
    refuseKnown(context, waiting.corpus, waiting.files)
    const corpusId = workspace.corpora.findByName(waiting.corpus)?.corpusId
    const moving = corpusId === undefined ? null : waiting.staged.publishInto(corpusId)
    if (corpusId === undefined) waiting.staged.publishAs(waiting.corpus, waiting.labels)
    else workspace.labels.extend(corpusId, waiting.labels)
    for (const { name, split, sha256 } of waiting.files)
      workspace.corpora.rememberFile(corpusId ?? waiting.staged.stagingId, { name, split, sha256, atMs: context.now() })
    return moving
  })
  if (!steps) return
  while (workspace.transaction(() => steps.next().done) !== true) await setImmediate()
}

/** A file whose content the corpus has already. */
function refuseKnown({ workspace }: ServiceContext, name: string, files: readonly NamedFile[]): void {
  const corpus = workspace.corpora.findByName(name)
  if (!corpus) return
  for (const file of files) {
    const known = workspace.corpora.findFile(corpus.corpusId, file.sha256)
    if (known)
      throw new AppError(
        'conflict',
        `${file.shownName} is already imported: ${name} took the same content as ${known.name}. Choose another file, or give another corpus name.`,
      )
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
