/** Tokens as the database keeps them, and the words they stand for. */
import { createOffsetTable } from '#main/document/code-points'
import { splits, type Split, type Token } from '#main/document/doc'

/** Tokens as a flat JSON array: a third of the room that objects would take. */
export function packTokens(tokens: readonly Token[]): string {
  return JSON.stringify(tokens.flatMap(({ start, end }) => [start, end]))
}

export function unpackTokens(packed: string): Token[] {
  const offsets = JSON.parse(packed) as number[] // written by packTokens alone
  return Array.from({ length: offsets.length / 2 }, (_, i) => ({
    start: offsets[2 * i] ?? 0,
    end: offsets[2 * i + 1] ?? 0,
  }))
}

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
