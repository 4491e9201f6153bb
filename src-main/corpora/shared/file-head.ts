/** FileHead: what recognition looks at, so that no file has to be read whole to be known. */
import { withoutMark } from '#main/text/utf8'
import { readJsonHead, type JsonHead } from './json-head.ts'

export interface FileHead {
  readonly name: string
  /** The beginning of the text. */
  readonly text: string
  /** The lines in it that hold anything; the last is left out where it may be cut off. */
  readonly lines: readonly string[]
  /** The beginning as JSON; null when it is none. */
  readonly json: JsonHead | null
  /** Names of annotation files that stand beside it: "x.ann" beside "x.txt". */
  readonly beside: readonly string[]
}

/** UTF-16 units that recognition looks at. */
const headLength = 65_536

export function headOf({
  name,
  text,
  beside = [],
}: {
  name: string
  text: string
  beside?: readonly string[] | undefined
}): FileHead {
  const head = withoutMark(text.slice(0, headLength))
  const lines = head.split(/\r\n|\n|\r/)
  if (text.length > headLength && lines.length > 1) lines.pop()
  return { name, text: head, lines: lines.filter((line) => line.trim() !== ''), json: readJsonHead(head), beside }
}
