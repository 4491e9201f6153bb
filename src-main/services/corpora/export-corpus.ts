/** Exporting a corpus into a file or folder, some docs at a time, with what the format loses. */
import { setImmediate } from 'node:timers/promises'
import type { CallInputs } from '#main/api/handlers'
import type { ExportPreview, FormatInfo } from '#main/api/corpora'
import { AppError } from '#main/core/errors'
import type { CorpusFormat, CorpusWriter } from '#main/corpora/format'
import { findFormat, listedFormats } from '#main/corpora/formats'
import { createLossCount } from '#main/corpora/shared/losses'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { openFileSink } from '#main/files/file-sink'
import { openFolderSink } from '#main/files/folder-sink'
import type { ServiceContext, TaskHandle } from '../context.ts'
import type { OpenOutput } from '../system/downloads.ts'

type ExportChoice = CallInputs['corpora']['previewExport']

export function listFormats(): FormatInfo[] {
  return listedFormats.map(({ name, title, extensions, keeps, settings, read, writer }) => ({
    ...{ name, title, extensions, keeps, settings },
    canImport: read !== null,
    canExport: writer !== null,
    writesFolder: writer !== null && writer.layout === 'folder',
  }))
}

/** @throws AppError 'unsupported-format'; 'invalid-input' when there is nothing to write; 'cancelled'. */
export async function previewExport(
  context: ServiceContext,
  choice: ExportChoice,
  signal?: AbortSignal,
): Promise<ExportPreview> {
  const { writer, ...plan } = planExport(context, choice)
  const losses = createLossCount()
  await work(context, choice, 'look at', plan.documents, signal, async (docs) => {
    for await (const doc of docs) writer.countLosses(doc, losses)
  })
  return toPreview(plan, losses.sentences())
}

/** Writes everything or nothing. @throws AppError as `previewExport`, and when the place cannot be written to. */
export async function writeExport(
  context: ServiceContext,
  choice: ExportChoice,
  open: OpenOutput,
  signal?: AbortSignal,
): Promise<ExportPreview> {
  const { writer, ...plan } = planExport(context, choice)
  const losses = createLossCount()
  const labels = context.workspace.labels.get(choice.corpusId)
  const output = await open(writer.layout, plan.fileName)
  try {
    await work(context, choice, 'export', plan.documents, signal, (docs) =>
      writer.write(counted(docs, writer, losses), labels, output.sink),
    )
    await output.finish()
  } catch (error) {
    await output.abandon()
    throw error
  }
  return toPreview(plan, losses.sentences())
}

/** Writes to a path of this machine. */
export function exportCorpus(
  context: ServiceContext,
  { path, replace, ...choice }: CallInputs['corpora']['export'],
  signal?: AbortSignal,
): Promise<ExportPreview> {
  const options = { replace: replace ?? false }
  const open: OpenOutput = (layout) =>
    layout === 'folder' ? openFolderSink(path, options) : openFileSink(path, options)
  return writeExport(context, choice, open, signal)
}

interface ExportPlan {
  readonly format: CorpusFormat
  readonly fileName: string
  readonly documents: number
  readonly splits: number
}

function planExport({ workspace }: ServiceContext, choice: ExportChoice): ExportPlan & { writer: CorpusWriter } {
  const { corpusId, split } = choice
  const format = findFormat(choice.format)
  if (!format?.writer) {
    const writable = listedFormats.filter(({ writer }) => writer !== null).map(({ name }) => name)
    throw new AppError(
      'unsupported-format',
      `"${choice.format}" is no format that Espalier writes. Choose one of these: ${writable.join(', ')}.`,
    )
  }
  const { name, splits } = workspace.corpora.find(corpusId)
  const documents = workspace.corpora.countDocs(corpusId, split)
  if (documents === 0)
    throw new AppError(
      'invalid-input',
      `${name} has no sentences${split === null ? '' : ` in ${split}`}, so there is nothing to export. Choose another split.`,
    )
  const stem = `${name}${split === null ? '' : `-${split}`}`.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
  return {
    format,
    writer: format.writer,
    fileName: format.writer.layout === 'folder' ? stem : `${stem}${format.extensions[0] ?? ''}`,
    documents,
    splits: split === null ? Object.values(splits).filter(({ sentences }) => sentences > 0).length : 1,
  }
}

function toPreview({ format, fileName, documents, splits }: ExportPlan, losses: readonly string[]): ExportPreview {
  const isMixed = splits > 1 && !format.keeps.some((kept) => kept === 'everything' || kept === 'splits')
  const lost = `${documents} documents of ${splits} splits lose their split`
  return { fileName, documents, losses: isMixed ? [...losses, lost] : losses }
}

async function* counted(
  docs: AsyncIterable<AnnotatedDoc>,
  writer: CorpusWriter,
  losses: ReturnType<typeof createLossCount>,
): AsyncGenerator<AnnotatedDoc> {
  for await (const doc of docs) {
    writer.countLosses(doc, losses)
    yield doc
  }
}

/** Lets `use` go through the docs as a task that can be cancelled. */
async function work(
  context: ServiceContext,
  { corpusId, split, taskId }: ExportChoice,
  verb: string,
  total: number,
  signal: AbortSignal | undefined,
  use: (docs: AsyncIterable<AnnotatedDoc>) => Promise<void>,
): Promise<void> {
  const { corpora } = context.workspace
  const cancel = new AbortController()
  const stop = signal ? AbortSignal.any([signal, cancel.signal]) : cancel.signal
  const title = `${verb} ${corpora.find(corpusId).name}`
  const empty = { detail: '', fraction: 0, secondsLeft: null }
  const task = context.tasks.begin({ taskId, kind: 'export', title, ...empty }, () => cancel.abort())
  try {
    await use(pagedDocs(corpora.docsOf(corpusId, split), total, stop, task))
    task.finish('finished', `${total} documents`)
  } catch (error) {
    task.finish(stop.aborted ? 'cancelled' : 'failed', error instanceof Error ? error.message : String(error))
    throw error
  }
}

/** Milliseconds of work before other work gets its turn. */
const sliceMs = 8

async function* pagedDocs(
  pages: Iterable<AnnotatedDoc[]>,
  total: number,
  signal: AbortSignal,
  task: TaskHandle,
): AsyncGenerator<AnnotatedDoc> {
  let done = 0
  let sliceEnd = performance.now() + sliceMs
  for (const page of pages)
    for (const doc of page) {
      yield doc
      done++
      if (performance.now() < sliceEnd) continue
      task.update({ detail: `${done} of ${total} documents`, fraction: done / total })
      await setImmediate()
      if (signal.aborted) throw new AppError('cancelled', 'The export was cancelled. Nothing was written.')
      sliceEnd = performance.now() + sliceMs
    }
}
