/** Places given words in a text: in the one that they were made of, or in one that joins them by single spaces. */
import { createOffsetTable } from '#main/text/code-points'
import type { TextRange } from '#main/text/range'

export interface PlacedWords {
  readonly text: string
  /** Places of the words, in code points. */
  readonly ranges: readonly TextRange[]
}

/** An original that does not hold the words one after the other, with nothing but white space between them, is not taken. */
export function placeWords(words: readonly string[], original?: string): PlacedWords {
  return (
    (original === undefined ? null : placeIn(original, words)) ?? { text: words.join(' '), ranges: joinedRanges(words) }
  )
}

function placeIn(text: string, words: readonly string[]): PlacedWords | null {
  const table = createOffsetTable(text)
  const ranges: TextRange[] = []
  let at = 0
  for (const word of words) {
    while (!text.startsWith(word, at) && /\s/.test(text.charAt(at))) at++
    if (!text.startsWith(word, at)) return null
    ranges.push({ start: table.codePointOf(at), end: table.codePointOf(at + word.length) })
    at += word.length
  }
  return text.slice(at).trim() === '' ? { text, ranges } : null
}

/** Places of words that single spaces set apart, in code points. */
export function joinedRanges(words: readonly string[]): TextRange[] {
  let start = 0
  return words.map((word) => {
    const end = start + [...word].length
    const range = { start, end }
    start = end + 1
    return range
  })
}
