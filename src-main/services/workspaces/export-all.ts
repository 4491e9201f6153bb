/** Exports all of a workspace into files that other programs read: corpora as JSON lines, runs with their scores, settings. */
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { RunDetail } from '#main/api/runs'
import type { ExportAllReport } from '#main/api/workspaces'
import { AppError } from '#main/core/errors'
import { openFileSink } from '#main/files/file-sink'
import { writeNewPlace } from '#main/files/new-place'
import { privateFileMode, privateFolderMode } from '#main/files/private'
import { readOwnPackage } from '#main/machine/own-package'
import type { ServiceContext } from '../context.ts'
import { writeExport } from '../corpora/export-corpus.ts'
import type { Tell } from './as-task.ts'

export interface ExportAllOptions {
  /** A folder that does not exist yet, or a file that ends in .zip. */
  readonly place: string
  readonly taskId: string
  readonly signal: AbortSignal
  readonly tell: Tell
  /** A run with its points and counted weights. */
  readonly getRun: (runId: string) => Promise<RunDetail>
}

interface Written {
  readonly corpora: readonly { readonly name: string; readonly file: string | null; readonly sentences: number }[]
  readonly runs: readonly { readonly name: string; readonly runId: string; readonly file: string }[]
}

/** The bin is left out. @throws AppError naming the place that is taken or cannot be written to; 'cancelled'. */
export async function exportAll(context: ServiceContext, options: ExportAllOptions): Promise<ExportAllReport> {
  const { place, signal, tell } = options
  const onPacked = (share: number): void => tell(0.8 + share * 0.2, 'archive')
  const written = await writeNewPlace(place, (folder) => writeAll(context, folder, options), { signal, onPacked })
  const { corpora, runs } = written.filled
  return {
    ...{ place: written.place, bytes: written.bytes, corpora: corpora.length, runs: runs.length },
    sentences: corpora.reduce((sum, { sentences }) => sum + sentences, 0),
  }
}

async function writeAll(context: ServiceContext, folder: string, options: ExportAllOptions): Promise<Written> {
  const corpora = await writeCorpora(context, folder, options)
  const runs = await writeRuns(context, folder, options)
  await writeJson(path.join(folder, 'settings.json'), context.workspace.settings.get())
  const { version } = readOwnPackage()
  const head = { kind: 'Espalier export', espalier: version, createdMs: context.now() }
  await writeJson(path.join(folder, 'export.json'), { ...head, corpora, runs })
  return { corpora, runs }
}

async function writeCorpora(context: ServiceContext, folder: string, options: ExportAllOptions) {
  const written: Written['corpora'][number][] = []
  const listed = context.workspace.corpora.list()
  const freeName = createFileNames()
  await mkdir(path.join(folder, 'corpora'), { mode: privateFolderMode })
  for (const [at, { corpusId, name }] of listed.entries()) {
    options.tell((at / listed.length) * 0.7, name)
    const sentences = context.workspace.corpora.countDocs(corpusId, null)
    if (sentences === 0) {
      written.push({ name, file: null, sentences: 0 })
      continue
    }
    const file = `corpora/${freeName(name)}.jsonl`
    const choice = { corpusId, format: 'jsonl', split: null, taskId: `${options.taskId}-${corpusId}` }
    await writeExport(context, choice, () => openFileSink(path.join(folder, file)), options.signal)
    written.push({ name, file, sentences: countSentences(context, corpusId) })
  }
  return written
}

function countSentences({ workspace }: ServiceContext, corpusId: number): number {
  return Object.values(workspace.corpora.find(corpusId).splits).reduce((sum, { sentences }) => sum + sentences, 0)
}

async function writeRuns({ workspace }: ServiceContext, folder: string, { getRun, tell, signal }: ExportAllOptions) {
  const written: Written['runs'][number][] = []
  const listed = workspace.runs.list()
  const freeName = createFileNames()
  await mkdir(path.join(folder, 'runs'), { mode: privateFolderMode })
  for (const [at, { runId, name }] of listed.entries()) {
    if (signal.aborted) throw new AppError('cancelled', 'Cancelled.')
    tell(0.7 + (at / listed.length) * 0.1, name)
    const file = `runs/${freeName(name)}.json`
    await writeJson(path.join(folder, file), {
      ...(await getRun(runId)),
      evaluations: workspace.evaluations.ofRun(runId),
    })
    written.push({ name, runId, file })
  }
  return written
}

/** Names of files that every system takes, each once. */
function createFileNames(): (wanted: string) => string {
  const taken = new Set<string>()
  return (wanted) => {
    const stem =
      wanted
        .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
        .replace(/^[.-]+/, '')
        .slice(0, 80) || 'unnamed'
    let name = stem
    for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${stem}-${number}`
    taken.add(name.toLowerCase())
    return name
  }
}

async function writeJson(file: string, value: unknown): Promise<void> {
  await writeFile(file, `${JSON.stringify(value, null, 2)}\n`, { mode: privateFileMode })
}
