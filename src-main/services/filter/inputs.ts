/** Inputs of the filter: lines as they come, and the documents of files in any format that is read. */
import { AppError } from '#main/core/errors'
import type { Source } from '#main/core/source'
import type { ReadChoice } from '#main/corpora/read-corpus'
import { readableFormat, recognize } from '#main/corpora/recognition'
import { headOf } from '#main/corpora/shared/file-head'
import { createTextInput } from '#main/corpora/text-input'
import { inputFile } from '../extraction/extraction-inputs.ts'
import type { Asked } from './answers.ts'
import { isHead, kindOf, toLineDocument, type LineKind } from './line-documents.ts'
import { linesOf } from './lines.ts'

export interface FilterInput {
  readonly source: Source
  /** Name by which the input is told from the others. */
  readonly name: string
  /** Is it a stream that is read once, line by line, whatever it holds? */
  readonly isStream: boolean
}

/** Formats whose files are lines that stand by themselves. */
const lineFormats: Readonly<Record<string, LineKind>> = { jsonl: 'json', 'plain-text': 'text' }

/** @throws AppError 'unsupported-format' when a stream is to be read in a format that is no lines. */
export async function* askedOf(
  inputs: readonly FilterInput[],
  choice: ReadChoice,
  signal: AbortSignal,
): AsyncGenerator<Asked> {
  for (const input of inputs) {
    if (input.isStream) yield* lineDocuments(input, choice, kindAsked(choice), signal)
    else if (await isOwnLines(input, choice, signal)) yield* lineDocuments(input, choice, 'json', signal)
    else yield* fileDocuments(input, choice, signal)
  }
}

function kindAsked({ format }: ReadChoice): LineKind | null {
  if (format === undefined) return null
  readableFormat(format)
  const kind = lineFormats[format]
  if (kind) return kind
  throw new AppError(
    'unsupported-format',
    `Standard input is read line by line, as ${Object.keys(lineFormats).join(' or ')}. Name a file to read it as ${format}.`,
  )
}

/** Tells whether a file is JSON lines with a "text" each. A file that cannot be read is named by whoever reads it next. */
async function isOwnLines(
  { source }: FilterInput,
  { format, encoding }: ReadChoice,
  signal: AbortSignal,
): Promise<boolean> {
  if (format !== undefined) return format === 'jsonl'
  if (encoding !== undefined) return false
  const head = await headOf(createTextInput(source, { signal })).catch((error: unknown) => {
    if (error instanceof AppError && !signal.aborted) return null
    throw error
  })
  const found = head && recognize(head)
  return found?.isRead === true && found.format.name === 'jsonl'
}

async function* lineDocuments(
  { source, name }: FilterInput,
  { settings = {} }: ReadChoice,
  asked: LineKind | null,
  signal: AbortSignal,
): AsyncGenerator<Asked> {
  let kind = asked
  try {
    for await (const line of linesOf(source.open(signal))) {
      signal.throwIfAborted()
      if (isHead(line)) continue
      kind ??= kindOf(line)
      yield toLineDocument(line, kind, name, settings)
    }
  } catch (error) {
    if (signal.aborted || !(error instanceof AppError)) throw error
    yield { id: name, fields: {}, doc: null, failure: error.message }
  }
}

async function* fileDocuments(
  { source, name }: FilterInput,
  choice: ReadChoice,
  signal: AbortSignal,
): AsyncGenerator<Asked> {
  for await (const { doc, name: id, failure } of inputFile(source, name, choice).inputs(signal, () => undefined))
    yield { id, fields: {}, doc, failure }
}
