/** Pieces: the smallest parts of words at whose borders a word may be split when the string of a triple needs it. */
import { createOffsetTable } from '#main/text/code-points'
import type { TextRange } from '#main/text/range'
import { tokenize } from '#main/text/words'

export interface Piece extends TextRange {
  readonly text: string
  /** Does a word begin with it? */
  readonly isFirst: boolean
}

/** Cuts words into pieces: punctuation and clitics apart, and characters of scripts that set no words apart. Offsets are code points. */
export function piecesOf(text: string, words: readonly TextRange[]): Piece[] {
  const table = createOffsetTable(text)
  return words.flatMap(({ start, end }) => {
    const word = table.slice(start, end)
    const inner = createOffsetTable(word)
    return borders(word, tokenize(word)).map((range, index) => ({
      text: inner.slice(range.start, range.end),
      start: start + range.start,
      end: start + range.end,
      isFirst: index === 0,
    }))
  })
}

/** Scripts beside Han that are written without spaces. */
const unspaced =
  /^[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

function borders(word: string, tokens: readonly TextRange[]): TextRange[] {
  const table = createOffsetTable(word)
  return tokens.flatMap(({ start, end }): TextRange[] => {
    const token = table.slice(start, end)
    // the full stop of "Corp." may be the sentence's
    if (/.\.$/su.test(token))
      return [
        { start, end: end - 1 },
        { start: end - 1, end },
      ]
    if (!unspaced.test(token)) return [{ start, end }]
    let at = start
    return Array.from(segmenter.segment(token), ({ segment }) => {
      const from = at
      at += [...segment].length
      return { start: from, end: at }
    })
  })
}
