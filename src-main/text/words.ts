/** Tokenizers: words and punctuation of a text, as ranges of code points. */
import { createOffsetTable } from './code-points.ts'
import { english } from './languages/english.ts'
import { abbreviationUse, type Language } from './languages/language.ts'
import type { TextRange } from './range.ts'
import { format, wide, unspaced } from './scripts.ts'
import { tokenPatternOf } from './token-pattern.ts'
import { addRun, type HanWords } from './unspaced.ts'

export interface WordRules {
  readonly language: Language
  readonly han: HanWords
}

const usualRules: WordRules = { language: english, han: 'characters' }

/**
 * Words and punctuation of a text. Clitics ('s, n't) and punctuation are separate tokens, hyphenated words one token. An
 * invisible character belongs to the word it stands in or beside.
 */
export function tokenize(text: string, rules: WordRules = usualRules): TextRange[] {
  return toCodePoints(text, tokenUnits(text, rules))
}

function tokenUnits(text: string, { language, han }: WordRules): TextRange[] {
  const units: TextRange[] = []
  for (const { 0: match, index } of text.matchAll(tokenPatternOf(language))) {
    const previous = units.at(-1)
    const start = index - leadingFormat(text.slice(previous?.end ?? 0, index))
    const end = index + match.length
    if (isFullStop.test(match) && previous?.end === start && isAbbreviation(text, previous, end, language))
      units[units.length - 1] = { start: previous.start, end }
    else if (beginsUnspaced.test(match)) {
      const first = units.length
      addRun(units, match, index, han)
      if (start < index) units[first] = { start, end: units[first]?.end ?? end }
    } else units.push({ start, end })
  }
  return units
}

const isFullStop = new RegExp(String.raw`^\.(?!\.)${format}{0,100}$`, 'v')
const beginsUnspaced = new RegExp(`^${unspaced}`, 'v')
const trailingFormat = new RegExp(`${format}{1,100}$`, 'v')

/** Number of units of invisible characters that stand right before a word, after what belongs to the word before it. */
function leadingFormat(gap: string): number {
  return gap === '' || gap === ' ' ? 0 : (trailingFormat.exec(gap)?.[0].length ?? 0)
}

/** Whether a full stop after the word belongs to it: the word is a known abbreviation or an initial. */
function isAbbreviation(text: string, { start, end }: TextRange, next: number, language: Language): boolean {
  const word = text.slice(start, end)
  if (word.length > 40) return false
  const use = abbreviationUse(word, language)
  if (use === 'before a number' && !beginsNumber.test(text.slice(next, next + 101))) return /^\p{Lu}$/u.test(word)
  return use !== undefined || /^\p{Lu}$/u.test(word)
}

/** A number in digits, or a Roman one that is not the word I. */
const beginsNumber = /^\s{0,100}(?:\p{N}|(?:[VX]|[IVXLCDM]{2,7})(?![\p{L}\p{N}'’]))/u

/**
 * Words of a text in which any kind of white space separates them. Where scripts without spaces are written the words are
 * found: every Han character is one, unless words are asked for.
 */
export function splitWords(text: string, rules: WordRules = usualRules): TextRange[] {
  const units: TextRange[] = []
  for (const { 0: part, index } of text.matchAll(setApartPattern)) {
    if (unspacedPart.test(part))
      for (const { start, end } of tokenUnits(part, rules)) units.push({ start: index + start, end: index + end })
    else if (!invisiblePart.test(part)) units.push({ start: index, end: index + part.length })
  }
  return toCodePoints(text, units)
}

const setApartPattern = /\S{1,10000}/gu
const unspacedPart = new RegExp(`[${unspaced}${wide}]`, 'v')
const invisiblePart = /^\p{Cf}{1,10000}$/u

/** Converts UTF-16 ranges, in reading order, to code-point ranges. */
function toCodePoints(text: string, units: readonly TextRange[]): TextRange[] {
  const table = createOffsetTable(text)
  return units.map(({ start, end }) => ({ start: table.codePointOf(start), end: table.codePointOf(end) }))
}

/** The words at the tokens, as the text spells them. Equal words of a long text are one string, which takes a third of the memory. */
export function wordsOf(text: string, tokens: readonly TextRange[]): string[] {
  const table = createOffsetTable(text)
  if (tokens.length < manyTokens) return tokens.map(({ start, end }) => table.slice(start, end))
  const known = new Map<string, string>()
  return tokens.map(({ start, end }) => {
    const word = table.slice(start, end)
    const same = known.get(word)
    if (same === undefined) known.set(word, word)
    return same ?? word
  })
}

/** Number of tokens from which on a text is long. */
const manyTokens = 50_000
