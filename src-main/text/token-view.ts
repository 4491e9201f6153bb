/** TokenView: the words of a text with what stands between them, as the rules for sentences look at them. */
import { createOffsetTable } from './code-points.ts'
import type { TextRange } from './range.ts'

export interface TokenView {
  readonly length: number
  /** The word without invisible characters; '' beyond the ends. */
  word(index: number): string
  /** What stands between the word and the one before it. */
  gapBefore(index: number): string
  /** Whether the mark opens or closes a quotation or bracket; null for every other word. */
  roleOf(index: number): 'opens' | 'closes' | null
}

const bracketOrQuote = /^[\p{Ps}\p{Pe}\p{Pi}\p{Pf}"'’]$/u
const certain = /^[\p{Ps}\p{Pe}]$/u
/** Marks that open in one language and close in another. */
const quote = /^[\p{Pi}\p{Pf}„‚"'’]$/u

export function viewTokens(text: string, tokens: readonly TextRange[]): TokenView {
  const table = createOffsetTable(text)
  const hasInvisible = /\p{Cf}/u.test(text)
  // words are cut whenever they are asked for: all of them would take more memory than a long text
  const word = (index: number): string => {
    const token = tokens[index]
    const found = token ? table.slice(token.start, token.end) : ''
    return hasInvisible && found.length > 1 ? found.replaceAll(/\p{Cf}{1,10000}/gu, '') : found
  }
  const gapBefore = (index: number) => {
    const [start, end] = [tokens[index - 1]?.end ?? 0, tokens[index]?.start ?? table.length]
    return start === end ? '' : table.slice(start, end)
  }
  const roles = rolesOf(tokens.length, word, gapBefore)
  return {
    length: tokens.length,
    word,
    gapBefore,
    roleOf: (index) => roles.get(index) ?? null,
  }
}

/** The roles of those words that have one, by their number. */
function rolesOf(
  length: number,
  wordAt: TokenView['word'],
  gapBefore: TokenView['gapBefore'],
): ReadonlyMap<number, 'opens' | 'closes'> {
  let isOpen = false // a quotation between straight marks
  /** Two apostrophes close a quotation, in corpora that are set apart already. */
  const isDoubled = (index: number) =>
    wordAt(index) === "'" &&
    ((wordAt(index + 1) === "'" && gapBefore(index + 1) === '') ||
      (wordAt(index - 1) === "'" && gapBefore(index) === ''))
  const roleAt = (word: string, index: number): 'opens' | 'closes' => {
    if (certain.test(word) && !quote.test(word)) return /^\p{Ps}$/u.test(word) ? 'opens' : 'closes'
    if (isDoubled(index)) return 'closes'
    const [before, after] = [
      index === 0 || gapBefore(index) !== '',
      gapBefore(index + 1) !== '' || index === length - 1,
    ]
    const role = before === after ? usualRole(word, isOpen) : before ? 'opens' : 'closes'
    if (word === '"') isOpen = role === 'opens'
    return role
  }
  const roles = new Map<number, 'opens' | 'closes'>()
  for (let index = 0; index < length; index++) {
    const word = wordAt(index)
    if (word.length <= 1 && bracketOrQuote.test(word)) roles.set(index, roleAt(word, index))
  }
  return roles
}

function usualRole(word: string, isOpen: boolean): 'opens' | 'closes' {
  if (word === '"' || word === "'") return isOpen ? 'closes' : 'opens'
  return /^[\p{Pi}\p{Ps}]$/u.test(word) ? 'opens' : 'closes'
}
