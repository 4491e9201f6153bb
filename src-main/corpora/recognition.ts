/** Recognition: what a file is, found in its content; the one place that import, dry run and extraction ask. */
import { AppError } from '#main/core/errors'
import type { CorpusFormat } from './format.ts'
import { foreignLayouts } from './foreign/layouts.ts'
import { findFormat, formats } from './formats.ts'
import { plainText } from './formats/plain-text/read.ts'
import type { FileHead } from './shared/file-head.ts'

export type Recognition =
  | { readonly isRead: true; readonly format: CorpusFormat; readonly evidence: string }
  /** A layout that is known and not read. */
  | { readonly isRead: false; readonly title: string; readonly evidence: string; readonly advice: string }

/** null when the file is like nothing that is known. Prose is whatever is nothing else and is named like a text. */
export function recognize(file: FileHead): Recognition | null {
  for (const format of formats) {
    const evidence = format === plainText ? null : format.recognize(file)
    if (evidence !== null) return { isRead: true, format, evidence }
  }
  for (const { title, recognize: recognizeLayout, advice } of foreignLayouts) {
    const evidence = recognizeLayout(file)
    if (evidence !== null) return { isRead: false, title, evidence, advice: advice ?? proseAdvice }
  }
  const evidence = plainText.recognize(file)
  return evidence === null ? null : { isRead: true, format: plainText, evidence }
}

const proseAdvice = `Convert it to a format that is read, or name the format ${plainText.name} to take it as prose.`

/**
 * The format that is asked for by name, else the one that the content shows.
 * @throws AppError 'unsupported-format' with what the file looks like and why.
 */
export function chooseFormat(file: FileHead, formatName: string | undefined): CorpusFormat {
  const known = formats.map(({ name }) => name).join(', ')
  if (formatName !== undefined) {
    const format = findFormat(formatName)
    if (format) return format
    throw new AppError('unsupported-format', `There is no format "${formatName}". Choose one of these: ${known}.`)
  }
  const found = recognize(file)
  if (found?.isRead) return found.format
  throw new AppError(
    'unsupported-format',
    found
      ? `${file.name} looks like ${found.title}, which Espalier does not read: it has ${found.evidence}. ${found.advice}`
      : `${file.name} is of no format that Espalier recognises. Name its format if it is one of these: ${known}.`,
  )
}
