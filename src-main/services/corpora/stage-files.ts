/** Reads the files of an import and stages their docs, in slices of some milliseconds between which other work goes on. */
import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { AppError } from '#main/core/errors'
import type { ReadDoc } from '#main/corpora/format'
import { openCorpus, type CorpusReading, type ReadChoice } from '#main/corpora/read-corpus'
import type { Split } from '#main/document/doc'
import type { StagedImport } from '#main/storage/staged-import'
import type { ImportFold } from './import-report.ts'
import type { PlannedFile } from './plan-files.ts'
import type { RecordPlaces } from './record-places.ts'

export interface StageRequest extends ReadChoice {
  readonly split: Split
  readonly isStrict?: boolean | undefined
}

/** A file of which something was staged. */
export interface StagedFile {
  readonly name: string
  readonly split: Split
  readonly sha256: string
}

export interface StageWork {
  readonly staged: StagedImport
  readonly fold: ImportFold
  readonly signal: AbortSignal
  /** Places of records that a kept problem names. */
  readonly places: RecordPlaces
  /** Called now and then with the number of bytes that were read of all files. */
  progress(bytes: number): void
}

/** Milliseconds of reading before docs are written and other work gets its turn. */
const sliceMs = 8

/** Code units of text that are gathered at most before they are written. */
const sliceLength = 2 ** 18

/**
 * Stages every file.
 * @throws AppError naming the file when one cannot be read, holds nothing or has the content of another.
 */
export async function stageFiles(
  planned: readonly PlannedFile[],
  request: StageRequest,
  work: StageWork,
): Promise<StagedFile[]> {
  const files: StagedFile[] = []
  const nameByContent = new Map<string, string>()
  const bytes = { read: 0 }
  for (const { source, name, split, format, evidence } of planned) {
    const hash = createHash('sha256')
    const reading = await openCorpus(
      { ...source, name },
      { ...request, format },
      {
        signal: work.signal,
        onText: (text) => void hash.update(text),
        onBytes: (count) => void (bytes.read += count),
      },
    )
    await stageDocs({ ...reading, evidence }, name, split ?? request.split, work, () => work.progress(bytes.read))
    const file = { name, split: split ?? request.split, sha256: hash.digest('hex') }
    refuseTwin(file, nameByContent)
    files.push(file)
  }
  if (request.isStrict) refuseIncomplete(work.fold)
  return files
}

async function stageDocs(
  reading: CorpusReading,
  file: string,
  defaultSplit: Split,
  { staged, fold, signal, places }: StageWork,
  progress: () => void,
): Promise<void> {
  let slice: ReadDoc[] = []
  let length = 0
  let sentences = 0
  let sliceEnd = performance.now() + sliceMs
  const pause = async (): Promise<void> => {
    progress()
    await setImmediate()
    refuseCancelled(signal)
  }
  const write = async (): Promise<void> => {
    for (const [split, docs] of Map.groupBy(slice, ({ doc }) => doc.split ?? defaultSplit))
      await staged.add(
        split,
        file,
        docs.map(({ doc }) => doc),
        pause,
      )
    slice = []
    length = 0
    await pause()
    sliceEnd = performance.now() + sliceMs
  }
  for await (const read of reading.docs) {
    slice.push(read)
    length += read.doc.text.length
    sentences += read.doc.sentences.length
    fold.add(reading.format, read.doc.split ?? defaultSplit, read.doc)
    places.pass(
      file,
      read.record,
      read.doc.split ?? defaultSplit,
      read.doc.sentences.length,
      reading.names(read.record),
    )
    if (length > sliceLength || performance.now() > sliceEnd) await write()
  }
  await write()
  const report = reading.report()
  fold.endFile(
    { name: file, format: reading.format.name, evidence: reading.evidence, split: defaultSplit, sentences },
    report,
  )
  if (sentences > 0 || report.counts.accepted + report.counts.repaired > 0) return
  const first = report.problems.find(({ severity }) => severity === 'rejected')
  throw new AppError(
    'invalid-input',
    `${file}: no record could be taken as ${reading.format.title}${first ? ` (the first, at ${first.line}: ${first.message})` : ''}. Check that the file is complete and of this format.`,
  )
}

function refuseCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new AppError('cancelled', 'The import was cancelled. Nothing was imported.')
}

function refuseTwin({ name, sha256 }: StagedFile, nameByContent: Map<string, string>): void {
  const twin = nameByContent.get(sha256)
  if (twin !== undefined)
    throw new AppError('conflict', `${name} and ${twin} have the same content. Leave one of them out.`)
  nameByContent.set(sha256, name)
}

/** Records that would be left out. */
function refuseIncomplete(fold: ImportFold): void {
  const { rejected } = fold.report(null, null)
  const first = fold.problems().find(({ severity }) => severity === 'rejected')
  if (!first) return
  throw new AppError(
    'invalid-input',
    `${rejected === 1 ? '1 record' : `${rejected} records`} cannot be taken (the first is ${first.file}, ${first.line}: ${first.message}), and a strict import takes every record or nothing.`,
  )
}
