/** Tokenizers: words and punctuation of a text, as ranges of code points. */
import { abbreviations } from './abbreviations.ts'
import { createOffsetTable } from './code-points.ts'
import type { TextRange } from './range.ts'

/**
 * Bounds of the repetitions in the patterns: the local part of an address has that of its standard, anything else more letters and
 * parts than a word has. With them the time grows with the length of the text, and no text overflows the stack.
 */
const letters = '{0,10000}'
const parts = '{0,1000}'
const marks = '{0,100}'

const clitic = String.raw`(?:s|re|ve|ll|d|m)(?![\p{L}\p{N}])`
const wordPart = String.raw`[\p{L}\p{N}][\p{L}\p{M}\p{N}_]${letters}`

/** Pattern of a token: alternatives in order of preference. The last takes any other character, so that nothing visible is lost. */
const tokenPattern = new RegExp(
  [
    String.raw`(?:https?:\/\/|www\.)[^\s<>"]${letters}[^\s<>".,;:!?'’)\]}]`, // addresses, without the punctuation of the sentence
    String.raw`[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,255}(?:\.[\p{L}\p{N}-]{1,255}){1,100}`,
    String.raw`(?:\p{L}\p{M}${marks}\.){2,1000}`, // U.S., e.g.
    String.raw`nos?\.(?=\s{0,100}\p{N})`, // No. 5
    String.raw`\p{L}[\p{L}\p{M}]${letters}(?=n['’]t(?![\p{L}\p{N}]))`, // "did" of "didn't"
    String.raw`n['’]t(?![\p{L}\p{N}])`,
    String.raw`['’]${clitic}`,
    String.raw`\p{N}{1,10000}(?:[.,:\/]\p{N}{1,10000}){1,1000}`, // 1,234.5  10/03/1983
    String.raw`${wordPart}(?:(?:[-‐‑&]|['’](?!${clitic}))${wordPart})${parts}`,
    String.raw`\.{2,10000}|-{2,10000}`,
    String.raw`\p{RI}{2}|\p{Extended_Pictographic}[\p{EMod}\p{M}]${marks}(?:\u200d\p{Extended_Pictographic}[\p{EMod}\p{M}]${marks})${parts}`,
    String.raw`\S\p{M}${marks}`,
  ].join('|'),
  'giu',
)

/** Words and punctuation of a text. Clitics ('s, n't) and punctuation are separate tokens, hyphenated words one token. */
export function tokenize(text: string): TextRange[] {
  const units: TextRange[] = []
  for (const { 0: match, index } of text.matchAll(tokenPattern)) {
    const previous = units.at(-1)
    if (match === '.' && previous?.end === index && isAbbreviation(text.slice(previous.start, index))) {
      units[units.length - 1] = { start: previous.start, end: index + 1 }
    } else units.push({ start: index, end: index + match.length })
  }
  return toCodePoints(text, units)
}

/**
 * Words of a text in which any kind of white space separates them. Every Han character is a word, since Chinese and Japanese do
 * not separate words.
 */
export function splitWords(text: string): TextRange[] {
  const units = Array.from(text.matchAll(setApartPattern), ({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
  }))
  return toCodePoints(text, units)
}

const setApartPattern = /\p{Script=Han}\p{M}{0,100}|[^\s\p{Script=Han}]{1,10000}/gu

/** Whether a full stop after the word belongs to it: the word is a known abbreviation or an initial. */
function isAbbreviation(word: string): boolean {
  return /^\p{Lu}$/u.test(word) || abbreviations.has(word.toLowerCase())
}

/** Converts UTF-16 ranges, in reading order, to code-point ranges. */
function toCodePoints(text: string, units: readonly TextRange[]): TextRange[] {
  const table = createOffsetTable(text)
  return units.map(({ start, end }) => ({ start: table.codePointOf(start), end: table.codePointOf(end) }))
}

/** The words at the tokens, as the text spells them. */
export function wordsOf(text: string, tokens: readonly TextRange[]): string[] {
  const table = createOffsetTable(text)
  return tokens.map(({ start, end }) => table.slice(start, end))
}
