/** FileHead: what recognition looks at, so that no file has to be read whole to be known. */
import type { TextInput } from '../text-input.ts'
import { readJsonHead, type JsonHead } from './json-head.ts'

export interface FileHead {
  /** Name without its folders and without the ending of a pack: "corpus.jsonl" of "data/corpus.jsonl.gz". */
  readonly name: string
  /** The beginning of the text. */
  readonly text: string
  /** The lines in it that hold anything; the last is left out where it may be cut off. */
  readonly lines: readonly string[]
  /** The beginning as JSON; null when it is none. */
  readonly json: JsonHead | null
  /** Does a file of this name, which is not empty, stand in the same folder? */
  hasBeside(name: string): boolean
  /** Does a file of this name stand there, be it empty? */
  liesBeside(name: string): boolean
}

/** UTF-16 units that recognition looks at. */
const headLength = 65_536

export async function headOf(input: TextInput): Promise<FileHead> {
  let text = ''
  let isWhole = true
  for await (const piece of input.pieces()) {
    text += piece
    isWhole = text.length <= headLength
    // a line is enough where nothing more is there for now
    if (piece === '' && /\S[^\n]*\n/.test(text)) isWhole = false
    if (!isWhole) break
  }
  const head = text.slice(0, headLength)
  const lines = head.split(/\r\n|\n|\r/)
  if (!isWhole && lines.length > 1) lines.pop()
  return {
    name: input.name.replace(/^.*[\\/]/, '').replace(/\.(?:gz|zst)$/i, ''),
    text: head,
    lines: lines.filter((line) => line.trim() !== ''),
    json: readJsonHead(head),
    hasBeside: (name) => holdsAnything(input.beside(name)),
    liesBeside: (name) => input.beside(name) !== null,
  }
}

function holdsAnything(file: TextInput | null): boolean {
  return file !== null && file.size !== 0
}
