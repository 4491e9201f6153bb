/** Files of an import: named apart, read, and refused together when one of them is not what it should be. */
import { createHash } from 'node:crypto'
import { AppError } from '#main/core/errors'
import { readCorpus, type CorpusFile, type CorpusOfFile, type ReadChoice } from '#main/corpora/read-corpus'
import { distinctNames } from '#main/text/distinct-names'
import { countOf } from '#main/text/numbers'

export interface ParsedFile extends CorpusOfFile {
  readonly name: string
  readonly sha256: string
}

/** The files under names that tell them apart, also from those in `taken`. */
export function nameApart(files: readonly CorpusFile[], taken?: ReadonlySet<string>): CorpusFile[] {
  const names = distinctNames(
    files.map(({ name }) => name),
    taken,
  )
  return files.map((file, index) => ({ ...file, name: names[index] ?? file.name }))
}

/** @throws AppError 'unsupported-format' */
export function parseFile(file: CorpusFile, choice: ReadChoice): ParsedFile {
  const sha256 = createHash('sha256').update(file.text).digest('hex')
  return { ...readCorpus(file, choice), name: file.name, sha256 }
}

/** Why these files cannot be imported together; null when they can. */
export function refusalOf(files: readonly ParsedFile[], isStrict: boolean): AppError | null {
  return unreadable(files) ?? (isStrict ? incomplete(files) : null) ?? twins(files)
}

/** A file that cannot be read as a whole, or of which nothing can be taken. */
function unreadable(files: readonly ParsedFile[]): AppError | null {
  for (const { name, format, problems, docs } of files) {
    const fatal = problems.find(({ severity, line }) => severity === 'rejected' && line === null)
    if (fatal) return new AppError('invalid-input', `${name}: ${fatal.message}.`)
    const first = problems.find(({ severity }) => severity === 'rejected')
    if (docs.length === 0)
      return new AppError(
        'invalid-input',
        `${name}: no record could be taken as ${format.title}${first ? ` (the first, at ${first.line}: ${first.message})` : ''}. Check that the file is complete and of this format.`,
      )
  }
  return null
}

/** Records that would be left out. */
function incomplete(files: readonly ParsedFile[]): AppError | null {
  const rejected = files.flatMap(({ problems }) => problems.filter(({ severity }) => severity === 'rejected'))
  const [first] = rejected
  if (!first) return null
  const records = countOf(rejected.length, 'record')
  return new AppError(
    'invalid-input',
    `${records} cannot be taken (the first is ${first.file}, ${first.line}: ${first.message}), and a strict import takes every record or nothing.`,
  )
}

/** Two files of the same content. */
function twins(files: readonly ParsedFile[]): AppError | null {
  const seen = new Map<string, string>()
  for (const { name, sha256 } of files) {
    const twin = seen.get(sha256)
    if (twin !== undefined)
      return new AppError('conflict', `${name} and ${twin} have the same content. Leave one of them out.`)
    seen.set(sha256, name)
  }
  return null
}
