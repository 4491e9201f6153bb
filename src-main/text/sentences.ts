/** Sentences of a text: ranges of its words. */
import { createOffsetTable } from './code-points.ts'
import { english } from './languages/english.ts'
import type { Language } from './languages/language.ts'
import type { TextRange } from './range.ts'
import { createSentenceEnds } from './sentence-ends.ts'
import { viewTokens } from './token-view.ts'

/**
 * Splits a text into sentences, as token ranges that cover every token. A sentence ends after . ! ? or another mark of its
 * script (and what closes after it) before a word that can begin one, at a blank line, and before an item of a list; never
 * inside a token, so never inside an address or abbreviation.
 */
export function splitSentences(text: string, tokens: readonly TextRange[], language: Language = english): TextRange[] {
  const view = viewTokens(text, tokens)
  const ends = createSentenceEnds(view, language)
  const borders: number[] = []
  let start = 0
  for (let index = 1; index < view.length; index++) {
    if (!ends.isBorder(index, start)) continue
    borders.push(index)
    start = index
  }
  return rangesBetween(borders, tokens.length)
}

/** Takes each line that holds a word for one sentence. */
export function splitLines(text: string, tokens: readonly TextRange[]): TextRange[] {
  const table = createOffsetTable(text)
  const borders = tokens.flatMap(({ start }, index) =>
    index > 0 && /[\n\r]/.test(table.slice(tokens[index - 1]?.end ?? 0, start)) ? [index] : [],
  )
  return rangesBetween(borders, tokens.length)
}

function rangesBetween(borders: readonly number[], end: number): TextRange[] {
  if (end === 0) return []
  return [0, ...borders].map((start, at) => ({ start, end: borders[at] ?? end }))
}
