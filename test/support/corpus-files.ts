/** Files of corpora in tests: read from a text by a format of one's choice, and written into a text. */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { ReadSettings } from '#main/document/read-settings'
import type { LabelSet } from '#main/labels/label-set'
import { AppError } from '#main/core/errors'
import type { Problem } from '#main/core/problem'
import type { CorpusFormat } from '#main/corpora/format'
import { openCorpus, type ReadReport } from '#main/corpora/read-corpus'
import { headOf, type FileHead } from '#main/corpora/shared/file-head'
import { createLossCount } from '#main/corpora/shared/losses'
import { createTextInput } from '#main/corpora/text-input'
import { memorySource, type MemoryFiles } from '#main/files/memory-source'
import { openMemorySink } from '#main/files/memory-sink'

export interface ReadFile extends ReadReport {
  readonly docs: readonly AnnotatedDoc[]
  /** Number of the record of each doc. */
  readonly records: readonly number[]
}

/**
 * Reads a file by a format, or by the one that is recognised for null. A file that cannot be read as a whole gives its failure as a
 * problem without a line.
 * @throws AppError 'unsupported-format'
 */
export async function readText(
  format: Pick<CorpusFormat, 'name'> | null,
  text: string | Uint8Array,
  name: string,
  settings: ReadSettings = {},
  beside: MemoryFiles = {},
): Promise<ReadFile> {
  const reading = await openCorpus(memorySource(name, text, beside), { format: format?.name, settings })
  const docs: AnnotatedDoc[] = []
  const records: number[] = []
  const fatal: Problem[] = []
  try {
    for await (const { doc, record } of reading.docs) {
      docs.push(doc)
      records.push(record)
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    fatal.push({ file: name, line: null, message: error.message.replace(`${name}: `, ''), severity: 'rejected' })
  }
  const report = reading.report()
  return { ...report, problems: [...fatal, ...report.problems], docs, records }
}

/** Writes docs into a text, or several of them for a format that writes a folder. */
export async function writeText(
  { writer, name }: Pick<CorpusFormat, 'writer' | 'name'>,
  docs: readonly AnnotatedDoc[],
  labels: LabelSet,
): Promise<{ readonly text: string; readonly files: MemoryFiles; readonly losses: readonly string[] }> {
  if (!writer) throw new RangeError(`${name} is not written`)
  const losses = createLossCount()
  for (const doc of docs) writer.countLosses(doc, losses)
  const main = 'main'
  const output = openMemorySink(main)
  await writer.write(streamOf(docs), labels, output.sink)
  const { [main]: text = '', ...files } = output.files()
  return { text, files, losses: losses.sentences() }
}

export function headOfText(name: string, text: string, beside: MemoryFiles = {}): Promise<FileHead> {
  return headOf(createTextInput(memorySource(name, text, beside)))
}

async function* streamOf<Item>(items: readonly Item[]): AsyncGenerator<Item> {
  for (const item of items) yield await Promise.resolve(item)
}
