/** Recognition: what a file is, found in its content; the one place that import, dry run and extraction ask. */
import { AppError } from '#main/core/errors'
import type { CorpusFormat } from './format.ts'
import { foreignLayouts } from './foreign/layouts.ts'
import { findFormat, formats, listedFormats } from './formats.ts'
import { plainText } from './formats/plain-text/read.ts'
import type { FileHead } from './shared/file-head.ts'

/** A format that files are read with. */
export type ReadableFormat = CorpusFormat & { readonly read: NonNullable<CorpusFormat['read']> }

export type Recognition =
  | { readonly isRead: true; readonly format: ReadableFormat; readonly evidence: string }
  /** A layout that is known and not read. */
  | { readonly isRead: false; readonly title: string; readonly evidence: string; readonly advice: string }

/** null when the file is like nothing that is known. Prose is whatever is nothing else and is named like a text. */
export function recognize(file: FileHead): Recognition | null {
  for (const format of formats) {
    if (!isReadable(format)) continue
    const evidence = format === plainText ? null : format.recognize(file)
    if (evidence !== null) return { isRead: true, format, evidence }
  }
  for (const { title, recognize: recognizeLayout, advice } of foreignLayouts) {
    const evidence = recognizeLayout(file)
    if (evidence !== null) return { isRead: false, title, evidence, advice: advice ?? proseAdvice }
  }
  const evidence = plainText.recognize(file)
  return evidence === null || !isReadable(plainText) ? null : { isRead: true, format: plainText, evidence }
}

/** Title of a file that only says something about others, as in "a map of relation names to numbers"; null for any other. */
export function companionOf(file: FileHead): string | null {
  for (const { companions = [] } of formats)
    for (const { title, recognize: isCompanion } of companions) if (isCompanion(file)) return title
  return null
}

function isReadable(format: CorpusFormat): format is ReadableFormat {
  return format.read !== null
}

const proseAdvice = `Convert it to a format that is read, or name the format ${plainText.name} to take it as prose.`

export interface ChosenFormat {
  readonly format: ReadableFormat
  /** Evidence for the format, as words that follow "it has". */
  readonly evidence: string
}

/** The format that the content shows. @throws AppError 'unsupported-format' with what the file looks like and why. */
export function recognizedFormat(file: FileHead): ChosenFormat {
  const found = recognize(file)
  if (found?.isRead) return found
  throw new AppError(
    'unsupported-format',
    found
      ? `${file.name} looks like ${found.title}, which Espalier does not read: it has ${found.evidence}. ${found.advice}`
      : `${file.name} is of no format that Espalier recognises. Name its format if it is one of these: ${readableNames()}.`,
  )
}

/** @throws AppError 'unsupported-format' when there is none of this name, or it is only written. */
export function readableFormat(name: string): ReadableFormat {
  const format = findFormat(name)
  if (format && isReadable(format)) return format
  const why = format ? `${format.title} is only written, not read.` : `There is no format "${name}".`
  throw new AppError('unsupported-format', `${why} Choose one of these: ${readableNames()}.`)
}

function readableNames(): string {
  return listedFormats.flatMap((format) => (isReadable(format) ? [format.name] : [])).join(', ')
}
