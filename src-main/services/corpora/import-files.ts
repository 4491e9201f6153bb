/** Files of an import: recognised, parsed, and refused as a whole when they are not what they should be. */
import { createHash } from 'node:crypto'
import { AppError } from '#main/core/errors'
import { findFormat, formats, recognizeFormat } from '#main/corpora/formats'
import type { CorpusFormat, ParsedCorpus } from '#main/corpora/format'

export interface ImportFile {
  readonly name: string
  readonly text: string
}

export interface ParsedFile extends ParsedCorpus {
  readonly name: string
  readonly format: CorpusFormat
  readonly sha256: string
}

/**
 * The format of the request, else the one that knows the file.
 * @throws AppError 'unsupported-format'
 */
export function parseFile({ name, text }: ImportFile, formatName: string | undefined): ParsedFile {
  const format = formatName === undefined ? recognizeFormat(name, text)?.format : findFormat(formatName)
  const known = formats.map(({ name: candidate }) => candidate).join(', ')
  if (!format)
    throw new AppError(
      'unsupported-format',
      formatName === undefined
        ? `${name} is of no format that Espalier reads. Name its format if it is one of these: ${known}.`
        : `There is no format "${formatName}". Choose one of these: ${known}.`,
    )
  return { name, format, sha256: createHash('sha256').update(text).digest('hex'), ...format.parse(text, name) }
}

/** @throws AppError 'invalid-input' when a file cannot be read as a whole, or nothing of it can be taken. */
export function refuseUnreadable(files: readonly ParsedFile[]): void {
  for (const { name, format, problems, docs } of files) {
    const fatal = problems.find(({ severity, line }) => severity === 'rejected' && line === null)
    if (fatal) throw new AppError('invalid-input', `${name}: ${fatal.message}. Nothing was imported.`)
    const first = problems.find(({ severity }) => severity === 'rejected')
    if (docs.length === 0)
      throw new AppError(
        'invalid-input',
        `${name}: no record could be taken as ${format.title}${first ? ` (the first, at ${first.line}: ${first.message})` : ''}. Nothing was imported; check that the file is complete and of this format.`,
      )
  }
}

/** @throws AppError 'conflict' when two files of one import are the same. */
export function refuseTwins(files: readonly ParsedFile[]): void {
  const seen = new Map<string, string>()
  for (const { name, sha256 } of files) {
    const twin = seen.get(sha256)
    if (twin !== undefined)
      throw new AppError('conflict', `${name} and ${twin} are the same file. Leave one of them out.`)
    seen.set(sha256, name)
  }
}
