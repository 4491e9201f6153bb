/** Reads the files of an import and stages their docs, in slices of some milliseconds between which other work goes on. */
import { setImmediate } from 'node:timers/promises'
import { AppError } from '#main/core/errors'
import { joinReadings } from '#main/corpora/annotators/merge-readings'
import { openCorpus, type CorpusReading, type ReadChoice } from '#main/corpora/read-corpus'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { Split } from '#main/document/doc'
import type { StagedImport } from '#main/storage/staged-import'
import type { ImportFold } from './import-report.ts'
import type { PlannedUnit, UnitFile } from './plan-groups.ts'
import type { RecordPlaces } from './record-places.ts'
import { createTextHash, refuseChanged, type TextHash, type TextPrefix } from './text-prefix.ts'

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

/** StagePlace: the place up to which files were read and written. */
export interface StagePlace {
  /** Number of docs. */
  readonly docs: number
  /** SHA-256 of the files that are done, in the order in which they are read. */
  readonly done: readonly string[]
  /** Beginnings of the files that are being read. */
  readonly open: readonly TextPrefix[]
}

export interface StageWork {
  readonly staged: StagedImport
  readonly fold: ImportFold
  readonly signal: AbortSignal
  /** Places of records that a kept problem names. */
  readonly places: RecordPlaces
  /** The place up to which an earlier attempt wrote: that part is read again and not written. */
  readonly former: StagePlace
  /** Called when all that was read is written. */
  written(place: StagePlace): void
  /** Called now and then with the number of bytes that were read of all files. */
  progress(bytes: number): void
}

/** Milliseconds of reading before docs are written and other work gets its turn. */
const sliceMs = 8

/** Code units of text that are gathered at most before they are written. */
const sliceLength = 2 ** 18

/**
 * Stages every file; files of several annotators of the same documents are read beside each other.
 * @throws AppError naming the file when one cannot be read, holds nothing, has the content of another or is not what it was.
 */
export async function stageFiles(
  units: readonly PlannedUnit[],
  request: StageRequest,
  work: StageWork,
): Promise<StagedFile[]> {
  const staged: StagedFile[] = []
  const nameByContent = new Map<string, string>()
  const bytes = { read: 0 }
  const done: string[] = []
  let docs = 0
  for (const unit of units) {
    const { former } = work
    const prefixes = former.done.length === done.length ? former.open : []
    const files = await Promise.all(
      unit.map((file, index) => openFile(file, request, work, bytes, prefixes[index] ?? null)),
    )
    docs = await stageUnit(files, docs, work, {
      progress: () => work.progress(bytes.read),
      written: (count) => work.written({ docs: count, done: [...done], open: files.map(({ hash }) => hash.prefix()) }),
    })
    const [main] = files
    for (const file of files) {
      refuseEmpty(file)
      endFile(file, file === main ? null : (main?.name ?? null), work.fold)
      const read = { name: file.name, split: file.split, sha256: file.hash.finish() }
      if ((former.done[done.length] ?? read.sha256) !== read.sha256) refuseChanged(file.name)
      done.push(read.sha256)
      refuseTwin(read, nameByContent)
      staged.push(read)
    }
    if (docs >= former.docs && done.length >= former.done.length) work.written({ docs, done: [...done], open: [] })
  }
  if (request.isStrict) refuseIncomplete(work.fold)
  return staged
}

/** A file that is being read. */
interface OpenFile {
  readonly name: string
  readonly annotator: string | null
  readonly split: Split
  readonly reading: CorpusReading
  readonly hash: TextHash
  /** Number of sentences of the docs that are its own, layers not counted. */
  sentences: number
}

async function openFile(
  { source, name, split, format, evidence, annotator }: UnitFile,
  request: StageRequest,
  { signal }: StageWork,
  bytes: { read: number },
  former: TextPrefix | null,
): Promise<OpenFile> {
  const hash = createTextHash(name, former)
  const reading = await openCorpus(
    { ...source, name },
    { ...request, format },
    { signal, onText: (text) => hash.update(text), onBytes: (count) => void (bytes.read += count) },
  )
  return { name, annotator, split: split ?? request.split, reading: { ...reading, evidence }, hash, sentences: 0 }
}

/** A doc with the file that it is of, and the records that it was read from. */
interface PassingDoc {
  readonly doc: AnnotatedDoc
  readonly file: OpenFile
  readonly records: readonly { readonly file: OpenFile; readonly record: number }[]
}

async function* docsOf(files: readonly OpenFile[]): AsyncGenerator<PassingDoc> {
  const [only, ...others] = files
  if (only && others.length === 0) {
    for await (const { doc, record } of only.reading.docs) yield { doc, file: only, records: [{ file: only, record }] }
    return
  }
  const readings = files.map(({ annotator, name, reading: { docs } }) => ({
    ...{ name: annotator ?? name, kind: 'annotator' as const, docs },
  }))
  for await (const { doc, sources } of joinReadings(readings)) {
    const records = sources.flatMap(({ reading, record }) => {
      const file = files[reading]
      return file ? [{ file, record }] : []
    })
    const [main] = records
    if (main) yield { doc, file: main.file, records }
  }
}

interface UnitDoc {
  readonly doc: AnnotatedDoc
  readonly file: OpenFile
  readonly split: Split
}

/** Docs of one file that follow one another, so that the order of a split is that of the reading. */
function runsOfFiles(docs: readonly UnitDoc[]): [UnitDoc, ...UnitDoc[]][] {
  const runs: [UnitDoc, ...UnitDoc[]][] = []
  for (const doc of docs) {
    const last = runs.at(-1)
    if (last?.[0].file === doc.file) last.push(doc)
    else runs.push([doc])
  }
  return runs
}

/** Stages the docs of a unit; answers with the number of docs so far. */
async function stageUnit(
  files: readonly OpenFile[],
  docsBefore: number,
  { staged, fold, signal, places, former }: StageWork,
  { progress, written }: { progress: () => void; written: (docs: number) => void },
): Promise<number> {
  let slice: UnitDoc[] = []
  let length = 0
  let docs = docsBefore
  let sliceEnd = performance.now() + sliceMs
  const pause = async (): Promise<void> => {
    progress()
    await setImmediate()
    refuseCancelled(signal)
  }
  const write = async (): Promise<void> => {
    for (const [split, ofSplit] of Map.groupBy(slice, (one) => one.split))
      for (const [first, ...others] of runsOfFiles(ofSplit)) {
        const added = [first, ...others].map(({ doc }) => doc)
        await staged.add(split, first.file.name, added, pause)
      }
    if (slice.length > 0) written(docs)
    slice = []
    length = 0
    await pause()
    sliceEnd = performance.now() + sliceMs
  }
  for await (const { doc, file, records } of docsOf(files)) {
    const split = doc.split ?? file.split
    docs++
    // what an earlier attempt wrote is counted alone
    if (docs > former.docs) {
      slice.push({ doc, file, split })
      length += doc.text.length
    }
    file.sentences += doc.sentences.length
    fold.add(file.reading.format, split, doc)
    places.pass(
      records.map(({ file: { name, reading }, record }) => ({ file: name, record, isWanted: reading.names(record) })),
      split,
      doc.sentences.length,
    )
    if (length > sliceLength || performance.now() > sliceEnd) await write()
  }
  await write()
  return docs
}

function endFile(
  { name, split, reading, annotator, sentences }: OpenFile,
  layerOf: string | null,
  fold: ImportFold,
): void {
  const { format } = reading
  const report = reading.report()
  const evidence = report.evidence ?? reading.evidence
  fold.endFile({ name, format: format.name, evidence, split, sentences, annotator, layerOf }, report)
}

function refuseEmpty({ name, sentences, reading }: OpenFile): void {
  const report = reading.report()
  if (sentences > 0 || report.counts.accepted + report.counts.repaired > 0) return
  const first = report.problems.find(({ severity }) => severity === 'rejected')
  throw new AppError(
    'invalid-input',
    `${name}: no record could be taken as ${reading.format.title}${first ? ` (the first, at ${first.line}: ${first.message})` : ''}. Check that the file is complete and of this format.`,
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
