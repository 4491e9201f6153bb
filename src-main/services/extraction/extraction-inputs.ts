/** What an extraction reads: the documents of its files in their order, each with its Doc or the reason why there is none. */
import { AppError } from '#main/core/errors'
import { readCorpus, type CorpusFile, type CorpusOfFile, type ReadChoice } from '#main/corpora/read-corpus'
import { chooseFormat } from '#main/corpora/recognition'
import { headOf } from '#main/corpora/shared/file-head'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { ExtractedDocument } from '#main/document/extracted-document'
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
export function readInputs(files: readonly CorpusFile[], choice: ReadChoice): ExtractionInput[] {
  if (choice.format !== undefined) chooseFormat(headOf({ name: '', text: '' }), choice.format)
  const names = distinctNames(files.map(({ name }) => name))
  return files.flatMap((file, index) => readFile({ ...file, name: names[index] ?? file.name }, choice))
}

/** Documents and rejected records by their place in the file. */
function readFile(file: CorpusFile, choice: ReadChoice): ExtractionInput[] {
  const { name } = file
  let parsed: CorpusOfFile
  try {
    parsed = readCorpus(file, choice)
  } catch (error) {
    if (error instanceof AppError) return [{ doc: null, name, failure: error.message }]
    throw error
  }
  const { docs, records, problems } = parsed
  const read = docs.map((doc, index) => ({ at: records[index] ?? 0, input: { doc, name: doc.id, failure: null } }))
  const rejected = problems.flatMap(({ severity, line, message }) => {
    if (severity !== 'rejected') return []
    const place =
      line === null ? { name, failure: message } : { name: `${name}#${line}`, failure: `line ${line}: ${message}` }
    return [{ at: line ?? 0, input: { doc: null, ...place } }]
  })
  return [...read, ...rejected].toSorted((a, b) => a.at - b.at).map(({ input }) => input)
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
