/** The pattern of a token: alternatives in order of preference, of which the last takes any other visible character. */
import type { Language } from './languages/language.ts'
import { format, initial, inner, letter, unspaced, wide } from './scripts.ts'
import { unspacedRun } from './unspaced.ts'

/**
 * Bounds of the repetitions: the local part of an address has that of its standard, anything else more letters and parts than
 * a word has. With them the time grows with the length of the text, and no text overflows the stack.
 */
const letters = '{0,10000}'
const parts = '{0,1000}'
const marks = '{0,100}'

const clitic = String.raw`(?:s|re|ve|ll|d|m)(?![\p{L}\p{N}])`
const word = `${initial}${inner}${letters}`
const joint = String.raw`(?:[\-‐‑&·]|['’](?!${clitic})|(?<=\p{Script=Hebrew})["״׳](?=\p{Script=Hebrew}))`
const address = String.raw`[^\s<>"${unspaced}${wide}]`
const pictures = String.raw`\p{Extended_Pictographic}[\p{EMod}\p{M}]${marks}`

const general = [
  String.raw`(?:https?:\/\/|www\.)${address}${letters}[${address}--[.,;:!?'’\)\]\}]]`, // without the punctuation of the sentence
  String.raw`[${initial}._%+\-]{1,64}@[${initial}\-]{1,255}(?:\.[${initial}\-]{1,255}){1,100}`,
  String.raw`(?:${letter}\p{M}${marks}\.){2,1000}`, // U.S., e.g.
  String.raw`${letter}[${letter}\p{M}]${letters}(?=n['’]t(?![\p{L}\p{N}]))`, // "did" of "didn't"
  String.raw`n['’]t(?![\p{L}\p{N}])`,
  String.raw`['’]${clitic}`,
  String.raw`\p{N}{1,3}(?:[\u00a0\u2009\u202f]\p{N}{3}){1,1000}(?:[.,]\p{N}{1,10000})?(?!\p{N})`, // 10 000 with a narrow space
  String.raw`\p{N}{1,10000}(?:[.,:\/．]\p{N}{1,10000}){1,1000}(?:${letter}${inner}${letters})?`, // 1,234.5  10/03/1983  1.2bn
  `${word}(?:${joint}${word})${parts}`,
  unspacedRun,
  String.raw`\.{2,10000}|-{2,10000}`,
  String.raw`\p{RI}{2}|${pictures}(?:\u200d${pictures})${parts}`,
  String.raw`[^\s\p{Cf}]\p{M}${marks}`,
]

const patterns = new WeakMap<Language, RegExp>()

/** The pattern for a language; it has the flag g, so it is for `matchAll` alone. */
export function tokenPatternOf(language: Language): RegExp {
  const known = patterns.get(language)
  if (known) return known
  const own = [
    ...language.compounds.map((compound) => compound.replaceAll('.', String.raw`\.`)),
    ...language.elisions.map((elision) => String.raw`${elision}['’](?=\p{L})`),
  ]
  const pattern = new RegExp(`(?:${[...own, ...general].join('|')})${format}{0,100}`, 'giv')
  patterns.set(language, pattern)
  return pattern
}
