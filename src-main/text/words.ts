/** Words of a text. */
import { abbreviations } from './abbreviations.ts'
import { createOffsetTable } from './code-points.ts'
import type { TextRange } from './range.ts'

/** Alternatives in order of preference; the last takes any other character, so that nothing visible is lost. */
const tokenPattern = new RegExp(
  [
    String.raw`(?:https?:\/\/|www\.)[^\s<>"]*[^\s<>".,;:!?'’)\]}]`, // addresses, without the sentence's own marks
    String.raw`[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+`,
    String.raw`(?:\p{L}\p{M}*\.){2,}`, // U.S., e.g.
    String.raw`nos?\.(?=\s*\p{N})`, // No. 5
    String.raw`\p{L}[\p{L}\p{M}]*(?=n['’]t(?![\p{L}\p{N}]))`, // "did" of "didn't"
    String.raw`n['’]t(?![\p{L}\p{N}])`,
    String.raw`['’](?:s|re|ve|ll|d|m)(?![\p{L}\p{N}])`,
    String.raw`\p{N}+(?:[.,:\/]\p{N}+)+`, // 1,234.5  10/03/1983
    String.raw`[\p{L}\p{N}][\p{L}\p{M}\p{N}_]*(?:(?:[-‐‑&]|['’](?!(?:s|re|ve|ll|d|m)(?![\p{L}\p{N}])))[\p{L}\p{N}][\p{L}\p{M}\p{N}_]*)*`,
    String.raw`\.{2,}|-{2,}`,
    String.raw`\p{RI}{2}|\p{Extended_Pictographic}[\p{EMod}\p{M}]*(?:\u200d\p{Extended_Pictographic}[\p{EMod}\p{M}]*)*`,
    String.raw`\S\p{M}*`,
  ].join('|'),
  'giu',
)

/** Words and punctuation of a text, in code points: clitics ('s, n't) and punctuation apart, hyphenated words whole. */
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

/** Tokens of a text whose words are already set apart by U+0020, in code points. */
export function splitAtSpaces(text: string): TextRange[] {
  const units = Array.from(text.matchAll(/[^ ]+/g), ({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
  }))
  return toCodePoints(text, units)
}

/** A word that takes a full stop as part of itself: a known abbreviation or an initial. */
function isAbbreviation(word: string): boolean {
  return /^\p{Lu}$/u.test(word) || abbreviations.has(word.toLowerCase())
}

/** UTF-16 ranges in reading order as code-point ranges. */
function toCodePoints(text: string, units: readonly TextRange[]): TextRange[] {
  const table = createOffsetTable(text)
  return units.map(({ start, end }) => ({ start: table.codePointOf(start), end: table.codePointOf(end) }))
}

/** Words of tokens, as the text spells them. */
export function wordsOf(text: string, tokens: readonly TextRange[]): string[] {
  const table = createOffsetTable(text)
  return tokens.map(({ start, end }) => table.slice(start, end))
}
