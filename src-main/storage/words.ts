/** Packs tokens for the database, and cuts the words that they stand for. */
import { createOffsetTable } from '#main/text/code-points'
import { splits, type Split, type Token } from '#main/document/doc'
import { withPos, type SentenceWords } from '#main/document/labelled-sentence'

/** Tokens with parts of speech: offsets as without, then one part of speech per token. */
interface WithPos {
  readonly offsets: readonly number[]
  readonly pos: readonly (string | null)[]
}

/** Tokens as a flat JSON array: a third of the room that objects would take. */
export function packTokens(tokens: readonly Token[]): string {
  const offsets = tokens.flatMap(({ start, end }) => [start, end])
  const { pos } = withPos([], tokens)
  return JSON.stringify(pos ? ({ offsets, pos } satisfies WithPos) : offsets)
}

export function unpackTokens(packed: string): Token[] {
  const stored = JSON.parse(packed) as number[] | WithPos // written by packTokens alone
  const { offsets, pos } = Array.isArray(stored) ? { offsets: stored, pos: [] } : stored
  return Array.from({ length: offsets.length / 2 }, (_, i) => ({
    start: offsets[2 * i] ?? 0,
    end: offsets[2 * i + 1] ?? 0,
    ...(typeof pos[i] === 'string' && { pos: pos[i] }),
  }))
}

/** The words that packed tokens stand for, and their parts of speech. */
export function unpackWords(text: string, packed: string): SentenceWords {
  const slice = hasAstral.test(text)
    ? createOffsetTable(text).slice
    : (from: number, to: number) => text.slice(from, to)
  if (packed.startsWith('[')) return { words: wordsAt(packed, slice) }
  const stored = JSON.parse(packed) as WithPos // written by packTokens alone
  const { offsets } = stored
  const words = stored.pos.map((_, at) => slice(offsets[2 * at] ?? 0, offsets[2 * at + 1] ?? 0))
  const pos = stored.pos.map((one) => (typeof one === 'string' ? one : null))
  return pos.some((one) => one !== null) ? { words, pos } : { words }
}

/** Cuts words at offsets that are a JSON array of whole numbers. Making an array of them first takes half as long again. */
function wordsAt(offsets: string, slice: (from: number, to: number) => string): string[] {
  const words: string[] = []
  let [number, start] = [0, -1]
  for (let at = 1; at < offsets.length; at++) {
    const digit = offsets.charCodeAt(at) - digitZero
    if (digit >= 0 && digit <= 9) {
      number = 10 * number + digit
      continue
    }
    if (start < 0) start = number
    else {
      words.push(slice(start, number))
      start = -1
    }
    number = 0
  }
  return words
}

const digitZero = 48

/** Matches what takes two UTF-16 units; without it offsets in code points are indices. */
const hasAstral = /[\ud800-\udbff]/

export function wordsOf(text: string, tokens: readonly Token[]): string[] {
  const table = createOffsetTable(text)
  return tokens.map(({ start, end }) => table.slice(start, end))
}

/** Splits are stored as their index, so that they sort train, dev, test. */
export function splitIndex(split: Split): number {
  return splits.indexOf(split)
}

export function splitAt(index: number): Split {
  const split = splits[index]
  if (!split) throw new RangeError(`there is no split ${index}`)
  return split
}
