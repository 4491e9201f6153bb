/** Reads a file as a corpus: its format is chosen or recognised, its byte order mark dropped, its text parsed. */
import type { Problem } from '#main/core/problem'
import { withoutMark } from '#main/text/utf8'
import type { CorpusFormat, ParsedCorpus } from './format.ts'
import { plainText } from './formats/plain-text/read.ts'
import type { ReadSettings } from '#main/document/read-settings'
import { chooseFormat } from './recognition.ts'
import { headOf } from './shared/file-head.ts'

export interface CorpusFile {
  readonly name: string
  readonly text: string
  /** Names of annotation files that stand beside it: "x.ann" beside "x.txt". */
  readonly beside?: readonly string[] | undefined
}

export interface ReadChoice {
  /** Name of the format; found in the content when left out. */
  readonly format?: string | undefined
  readonly settings?: ReadSettings | undefined
}

export interface CorpusOfFile extends ParsedCorpus {
  readonly format: CorpusFormat
}

/** @throws AppError 'unsupported-format' when no format is found, or the one that is named does not exist. */
export function readCorpus(file: CorpusFile, choice: ReadChoice = {}): CorpusOfFile {
  const format = chooseFormat(headOf(file), choice.format)
  const parsed = format.parse(withoutMark(file.text), file.name, choice.settings)
  const notes = format === plainText ? besideNotes(file) : []
  return { ...parsed, format, problems: [...parsed.problems, ...notes] }
}

function besideNotes({ name, beside = [] }: CorpusFile): Problem[] {
  return beside.map((annotations) => ({
    file: name,
    line: null,
    message: `${annotations} stands beside it, with annotations of brat that are not read: only the text was taken`,
    severity: 'note',
  }))
}
