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
  const words = tokens.map(({ start, end }) => {
    const word = table.slice(start, end)
    return word.length === 1 ? word : word.replaceAll(/\p{Cf}{1,10000}/gu, '')
  })
  const gapBefore = (index: number) => {
    const [start, end] = [tokens[index - 1]?.end ?? 0, tokens[index]?.start ?? table.length]
    return start === end ? '' : table.slice(start, end)
  }
  const roles = rolesOf(words, gapBefore)
  return {
    length: words.length,
    word: (index) => words[index] ?? '',
    gapBefore,
    roleOf: (index) => roles[index] ?? null,
  }
}

function rolesOf(words: readonly string[], gapBefore: (index: number) => string): ReturnType<TokenView['roleOf']>[] {
  let isOpen = false // a quotation between straight marks
  /** Two apostrophes close a quotation, in corpora that are set apart already. */
  const isDoubled = (index: number) =>
    words[index] === "'" &&
    ((words[index + 1] === "'" && gapBefore(index + 1) === '') || (words[index - 1] === "'" && gapBefore(index) === ''))
  return words.map((word, index) => {
    if (word.length > 1 || !bracketOrQuote.test(word)) return null
    if (certain.test(word) && !quote.test(word)) return /^\p{Ps}$/u.test(word) ? 'opens' : 'closes'
    if (isDoubled(index)) return 'closes'
    const [before, after] = [
      index === 0 || gapBefore(index) !== '',
      gapBefore(index + 1) !== '' || index === words.length - 1,
    ]
    const role = before === after ? usualRole(word, isOpen) : before ? 'opens' : 'closes'
    if (word === '"') isOpen = role === 'opens'
    return role
  })
}

function usualRole(word: string, isOpen: boolean): 'opens' | 'closes' {
  if (word === '"' || word === "'") return isOpen ? 'closes' : 'opens'
  return /^[\p{Pi}\p{Ps}]$/u.test(word) ? 'opens' : 'closes'
}
