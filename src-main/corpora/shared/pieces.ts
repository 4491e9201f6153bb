/** Pieces: the smallest parts of words at whose borders a word may be split when the string of a triple needs it. */
import { createOffsetTable } from '#main/text/code-points'
import type { TextRange } from '#main/text/range'
import { tokenize } from '#main/text/words'

export interface Piece extends TextRange {
  readonly text: string
  /** Does a word begin with it? */
  readonly isFirst: boolean
}

/** Most words of many languages: nothing in them can be a border, so that they need not be looked into. */
const plainWord = /^[A-Za-z]{1,10000}$/

/** Cuts words into pieces: punctuation and clitics apart, and characters of scripts that set no words apart. Offsets are code points. */
export function piecesOf(text: string, words: readonly TextRange[]): Piece[] {
  const table = createOffsetTable(text)
  return words.flatMap(({ start, end }) => {
    const word = table.slice(start, end)
    if (plainWord.test(word)) return [{ text: word, start, end, isFirst: true }]
    const inner = createOffsetTable(word)
    return borders(word, tokenize(word)).map((range, index) => ({
      text: inner.slice(range.start, range.end),
      start: start + range.start,
      end: start + range.end,
      isFirst: index === 0,
    }))
  })
}

/** Scripts in which a string may begin or end at any letter: those without spaces, and Korean, which joins particles to names. */
const joined =
  /^[\p{Script=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Hangul}]/u

const numberBeforeUnit = /^\p{N}[\p{N}.,:/．]{1,10000}(?=\p{L})/u

function borders(word: string, tokens: readonly TextRange[]): TextRange[] {
  const table = createOffsetTable(word)
  return tokens.flatMap(({ start, end }): TextRange[] => {
    const token = table.slice(start, end)
    const unit = numberBeforeUnit.exec(token)?.[0]
    // the full stop of "Corp." may be the sentence's
    if (/.\.$/su.test(token)) return cutAt(end - 1)
    if (unit !== undefined) return cutAt(start + [...unit].length)
    return joined.test(token) ? lettersOf(token, start) : [{ start, end }]

    function cutAt(border: number): TextRange[] {
      return [
        { start, end: border },
        { start: border, end },
      ]
    }
  })
}

/** The letters of a text, white space among them, each with its marks. */
export function lettersOf(text: string, offset = 0): Piece[] {
  let end = offset
  return (text.match(/\P{M}\p{M}{0,100}|\p{M}{1,100}/gu) ?? []).map((letter) => {
    const start = end
    end += [...letter].length
    return { text: letter, start, end, isFirst: false }
  })
}
