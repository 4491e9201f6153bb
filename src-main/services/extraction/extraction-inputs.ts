/** What an extraction reads: the documents of its files in their order, each with its Doc or the reason why there is none. */
import type { ExtractionFile } from '#main/api/extraction'
import { AppError } from '#main/core/errors'
import { openCorpus, type ReadChoice } from '#main/corpora/read-corpus'
import { readableFormat } from '#main/corpora/recognition'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { ExtractedDocument } from '#main/document/extracted-document'
import { memorySource } from '#main/files/memory-source'
import { distinctNames } from '#main/text/distinct-names'

export interface ExtractionInput {
  readonly doc: AnnotatedDoc | null
  readonly name: string
  readonly failure: string | null
}

/**
 * A file of another layout is refused as an import refuses it: read as prose, its labels would reach the model.
 * @throws AppError 'unsupported-format' when the choice names a format that does not exist.
 */
export async function readInputs(files: readonly ExtractionFile[], choice: ReadChoice): Promise<ExtractionInput[]> {
  if (choice.format !== undefined) readableFormat(choice.format)
  const names = distinctNames(files.map(({ name }) => name))
  const inputs: ExtractionInput[] = []
  for (const [index, file] of files.entries())
    inputs.push(...(await readFile({ ...file, name: names[index] ?? file.name }, choice)))
  return inputs
}

/** Documents and rejected records by their place in the file. */
async function readFile({ name, text, beside = [] }: ExtractionFile, choice: ReadChoice): Promise<ExtractionInput[]> {
  const read: { at: number; input: ExtractionInput }[] = []
  try {
    const source = memorySource(name, text, Object.fromEntries(beside.map((other) => [other, ''])))
    const reading = await openCorpus(source, choice)
    for await (const { doc, record } of reading.docs)
      read.push({ at: record, input: { doc, name: doc.id, failure: null } })
    const rejected = reading.report().problems.flatMap(({ severity, line, message }) => {
      if (severity !== 'rejected' || line === null) return []
      return [{ at: line, input: { doc: null, name: `${name}#${line}`, failure: `line ${line}: ${message}` } }]
    })
    return [...read, ...rejected].toSorted((a, b) => a.at - b.at).map(({ input }) => input)
  } catch (error) {
    if (error instanceof AppError) return [{ doc: null, name, failure: error.message }]
    throw error
  }
}

/** The inputs in groups of at least `size` sentences. */
export function* groupInputs(inputs: readonly ExtractionInput[], size: number): Generator<ExtractionInput[]> {
  let group: ExtractionInput[] = []
  let sentences = 0
  for (const input of inputs) {
    group.push(input)
    sentences += input.doc?.sentences.length ?? 0
    if (sentences < size) continue
    yield group
    group = []
    sentences = 0
  }
  if (group.length > 0) yield group
}

/** The results of a group in the order of its inputs; `read` are those of its docs. */
export function inOrder(
  group: readonly ExtractionInput[],
  read: readonly ExtractedDocument[],
  runId: string,
): ExtractedDocument[] {
  const documents = read.values()
  return group.flatMap(({ doc, name, failure }): ExtractedDocument[] => {
    if (!doc) return [{ document: name, runId, sentences: [], failure }]
    const { value } = documents.next()
    return value ? [value] : []
  })
}
