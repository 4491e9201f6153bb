/** Alignment: where the words and sentences of a text are, and where given words stand among its tokens. */
import { createOffsetTable } from './code-points.ts'
import type { Sentence, Token } from '#main/document/doc'
import { abbreviations, sentenceStarters } from './abbreviations.ts'

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
export function tokenize(text: string): Token[] {
  const units: Token[] = []
  for (const { 0: match, index } of text.matchAll(tokenPattern)) {
    const previous = units.at(-1)
    if (match === '.' && previous?.end === index && isAbbreviation(text.slice(previous.start, index))) {
      units[units.length - 1] = { start: previous.start, end: index + 1 }
    } else units.push({ start: index, end: index + match.length })
  }
  return toCodePoints(text, units)
}

/** Tokens of a text whose words are already set apart by U+0020, in code points. */
export function splitAtSpaces(text: string): Token[] {
  const units = Array.from(text.matchAll(/[^ ]+/g), ({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
  }))
  return toCodePoints(text, units)
}

/**
 * Sentences as token ranges that cover every token. A sentence ends after . ! ? (and what closes after it) before a
 * word that can begin one, and at a blank line; never inside a token, so never inside an address or abbreviation.
 */
export function splitSentences(text: string, tokens: readonly Token[]): Sentence[] {
  const table = createOffsetTable(text)
  const words = tokens.map(({ start, end }) => table.slice(start, end))
  const gapBefore = (index: number) => table.slice(tokens[index - 1]?.end ?? 0, tokens[index]?.start ?? 0)
  const sentences: Sentence[] = []
  let start = 0
  for (let index = 1; index <= tokens.length; index++) {
    if (index < tokens.length && !endsBefore(words, index, gapBefore(index))) continue
    sentences.push({ start, end: index })
    start = index
  }
  return sentences
}

/** Does a sentence end between word `index - 1` and word `index`, which `gap` keeps apart? */
function endsBefore(words: readonly string[], index: number, gap: string): boolean {
  if (/\n[^\S\n]*\r?\n/.test(gap)) return true
  const next = words[index] ?? ''
  if (gap === '' || !/^[\p{Lu}\p{Lt}\p{Lo}\p{N}"“‘'«([¿¡]/u.test(next)) return false
  let last = index - 1
  while (last > 0 && /^["”’'»)\]]$/.test(words[last] ?? '')) last--
  const ending = words[last] ?? ''
  if (/^(?:[.!?…。！？]|\.{2,})$/.test(ending)) return true
  return ending.endsWith('.') && !isTitle(ending) && sentenceStarters.has(next)
}

/** A word that takes a full stop as part of itself: a known abbreviation or an initial. */
function isAbbreviation(word: string): boolean {
  return /^\p{Lu}$/u.test(word) || abbreviations.has(word.toLowerCase())
}

/** Abbreviations before a name ("Dr.") never end a sentence. */
function isTitle(word: string): boolean {
  return abbreviations.get(word.slice(0, -1).toLowerCase()) === 'before a name'
}

/** UTF-16 ranges in reading order as code-point ranges. */
function toCodePoints(text: string, units: readonly Token[]): Token[] {
  const table = createOffsetTable(text)
  return units.map(({ start, end }) => ({ start: table.codePointOf(start), end: table.codePointOf(end) }))
}

/** Words of tokens, as the text spells them. */
export function wordsOf(text: string, tokens: readonly Token[]): string[] {
  const table = createOffsetTable(text)
  return tokens.map(({ start, end }) => table.slice(start, end))
}

export interface Place {
  /** First word of the first occurrence. */
  readonly start: number
  readonly end: number
  /** How often the words stand in the sentence, overlapping occurrences counted. */
  readonly occurrences: number
}

/** First word of every place where `phrase` stands among `words`; overlapping ones too. */
export function findStarts(words: readonly string[], phrase: readonly string[]): number[] {
  const starts: number[] = []
  for (let start = 0; phrase.length > 0 && start + phrase.length <= words.length; start++)
    if (phrase.every((word, offset) => words[start + offset] === word)) starts.push(start)
  return starts
}

/** Where `phrase` stands among `words`; null when it does not. */
export function findWords(words: readonly string[], phrase: readonly string[]): Place | null {
  const starts = findStarts(words, phrase)
  const [start] = starts
  return start === undefined ? null : { start, end: start + phrase.length, occurrences: starts.length }
}
