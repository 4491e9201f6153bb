/** The languages whose borders of words and sentences are known, by their code (BCP 47). */
import { dutch } from './dutch.ts'
import { english } from './english.ts'
import { french } from './french.ts'
import { german } from './german.ts'
import { italian } from './italian.ts'
import type { Language } from './language.ts'
import * as others from './others.ts'
import { portuguese } from './portuguese.ts'
import { russian } from './russian.ts'
import { spanish } from './spanish.ts'

export const languages = {
  en: english,
  de: german,
  fr: french,
  es: spanish,
  it: italian,
  pt: portuguese,
  nl: dutch,
  ru: russian,
  uk: others.ukrainian,
  el: others.greek,
  pl: others.polish,
  cs: others.czech,
  sv: others.swedish,
  tr: others.turkish,
  zh: others.chinese,
  ja: others.japanese,
  ko: others.korean,
  th: others.thai,
  lo: others.lao,
  km: others.khmer,
  my: others.burmese,
  ar: others.arabic,
  fa: others.persian,
  ur: others.urdu,
  he: others.hebrew,
  hi: others.hindi,
  hy: others.armenian,
  am: others.amharic,
  ka: others.georgian,
  und: others.other,
} as const satisfies Readonly<Record<string, Language>>

export type LanguageCode = keyof typeof languages

export const languageCodes = Object.keys(languages) as readonly LanguageCode[] // the keys of the table

export function isLanguageCode(code: string): code is LanguageCode {
  return Object.hasOwn(languages, code)
}

/** English names by code: "German". */
export const languageNames = Object.fromEntries(languageCodes.map((code) => [code, languages[code].name])) as Readonly<
  Record<LanguageCode, string>
> // every code
