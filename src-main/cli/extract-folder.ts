/** Extraction with the folder of a model: without a workspace and without a lock, from standard input or files to standard output or a file. */
import path from 'node:path'
import { createProcessHost } from '#main/compute/host'
import type { ComputeHost } from '#main/compute/messages'
import { AppError } from '#main/core/errors'
import { gatherText } from '#main/core/gather-text'
import type { Source } from '#main/core/source'
import { expand } from '#main/files/expand'
import { openFileSink } from '#main/files/file-sink'
import type { OpenSink } from '#main/files/open-sink'
import { isInShard, type Shard } from '#main/files/shard'
import { standardInput } from '#main/files/standard-input'
import { isModelFolder, openModelFolder, type ModelFolder } from '#main/model-folder/model-folder'
import type { PairRule } from '#main/labels/plausibility'
import type { BackendChoice } from '#main/runs/backend-name'
import { extractionWriters } from '#main/services/extraction/extraction-writers'
import { likeTraining } from '#main/services/extraction/like-training'
import { jsonOf, type Answer } from '#main/services/filter/answers'
import { runFilter, type Filtered } from '#main/services/filter/filter'
import { readerOf } from '#main/services/filter/folder-reader'
import { askedOf, type FilterInput } from '#main/services/filter/inputs'
import { openStandalone } from '#main/services/models/standalone'
import type { ExtractionFormat } from '#main/api/extraction'
import { distinctNames } from '#main/text/distinct-names'
import { countOf } from '#main/text/numbers'
import { readChoiceOf, type ReadOptions } from './read-options.ts'
import { openStandardOutput, ReaderLeft } from './reader-left.ts'

export interface FolderOptions extends ReadOptions {
  readonly output?: string
  readonly outputFormat: ExtractionFormat
  readonly replace?: boolean
  readonly shard?: Shard
  readonly backend?: BackendChoice
  readonly threads?: number
  readonly allowFailed?: boolean
  readonly precision?: number
  readonly pairs?: PairRule
}

export async function extractWithFolder(
  folder: string,
  files: readonly string[],
  options: FolderOptions,
): Promise<void> {
  const compute = createProcessHost()
  compute.startAhead()
  try {
    const model = await openModelFolder(folder)
    const inputs = await inputsOf(files.length === 0 ? ['-'] : files, options.shard)
    await answerAll(inputs, model, compute, options)
  } finally {
    await compute.close()
    process.stdin.destroy() // a pipe that stays open would keep the program
  }
}

async function answerAll(
  inputs: readonly FilterInput[],
  model: ModelFolder,
  compute: ComputeHost,
  options: FolderOptions,
): Promise<void> {
  const { output, outputFormat, replace = false, backend = 'wasm', threads = 0 } = options
  const stop = new AbortController()
  const onInterrupt = (): void => stop.abort(new AppError('cancelled', 'Stopped; what was answered so far is written.'))
  process.once('SIGINT', onInterrupt)
  const out = output === undefined ? openStandardOutput().sink : null
  out?.readerLeft.addEventListener('abort', () => stop.abort(new ReaderLeft()))
  const { sink, finish, abandon }: OpenSink = out ?? (await openFileSink(path.resolve(output ?? ''), { replace }))
  const session = openStandalone(model, { compute, backend, threads, tell })
  try {
    const choice = readChoiceOf(options)
    const asked = askedOf(inputs, { ...choice, settings: likeTraining(model.facts.run, choice.settings) }, stop.signal)
    const { precision = null, pairs: pairRule = 'any' } = options
    const reader = readerOf(model, session, { precision, pairRule })
    for (const remark of reader.remarks) tell(remark)
    if (outputFormat === 'csv') await sink.write(extractionWriters.csv.head)
    const write = async (answers: readonly Answer[]): Promise<void> => {
      for (const { document } of answers) if (document.failure !== null) tell(describeFailure(document))
      for (const piece of gatherText(piecesOf(answers, outputFormat))) {
        await sink.write(piece)
        stop.signal.throwIfAborted()
      }
    }
    const counts = await runFilter({ reader, asked, write, signal: stop.signal })
    await finish()
    report(counts, options.allowFailed ?? false)
  } catch (error) {
    await abandon()
    throw stop.signal.aborted ? stop.signal.reason : error
  } finally {
    process.off('SIGINT', onInterrupt)
    session.close()
  }
}

const tell = (line: string): void => void process.stderr.write(`${line}\n`)

function* piecesOf(answers: readonly Answer[], format: ExtractionFormat): Generator<string> {
  for (const answer of answers)
    if (format === 'csv') yield* extractionWriters.csv.pieces(answer.document)
    else {
      yield* jsonOf(answer)
      yield '\n'
    }
}

async function inputsOf(files: readonly string[], shard: Shard | undefined): Promise<FilterInput[]> {
  const found: { readonly source: Source; readonly isStream: boolean }[] = []
  for (const named of files) {
    if (named === '-') {
      if (shard)
        throw new AppError('invalid-input', '--shard takes a share of files, and standard input is one stream.')
      found.push({ source: standardInput(), isStream: true })
      continue
    }
    if (await isModelFolder(named))
      throw new AppError('invalid-input', `${named} is the folder of a model, not of texts. Name it before the files.`)
    const { sources, leftOut } = await expand([named])
    for (const { kind, count } of leftOut) tell(`${kind}: ${countOf(count, 'file')} of ${named} left out`)
    for (const source of sources)
      if (!shard || isInShard(shard, named, source.name)) found.push({ source, isStream: false })
  }
  if (shard) tell(`Shard ${shard.number} of ${shard.of}: ${countOf(found.length, 'file')}.`)
  const names = distinctNames(found.map(({ source }) => source.name))
  return found.map((input, at) => ({ ...input, name: names[at] ?? input.source.name }))
}

function describeFailure({ document, failure }: Answer['document']): string {
  return failure?.startsWith(document) ? failure : `${document}: ${failure ?? ''}`
}

/** @throws AppError when a document could not be read and that is not allowed. */
function report({ documents, failures, triples }: Filtered, allowFailed: boolean): void {
  const found = `Extracted ${countOf(triples, 'triple')} from ${countOf(documents - failures, 'document')}`
  if (failures === 0) return tell(`${found}.`)
  const told = `${found}; ${countOf(failures, 'document')} could not be read: the reasons stand above and under "error".`
  if (!allowFailed) throw new AppError('invalid-input', told)
  tell(told)
}
