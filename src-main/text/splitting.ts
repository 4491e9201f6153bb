/** Splitting: how texts were split into words and sentences, kept so that new text is split alike. */
import { isLanguageCode, languageNames, type LanguageCode } from './languages/languages.ts'
import type { HanWords } from './unspaced.ts'

export interface Splitting {
  readonly language: LanguageCode
  readonly han: HanWords
  /** Version of the rules. */
  readonly rules: number
}

/** How new text is split: `found` finds the language of each text. */
export interface NewTextSplitting {
  readonly language: LanguageCode | 'found'
  readonly han: HanWords
  readonly rules: number
}

/** Version of today's rules. It grows with every change after which a text may fall into other words or sentences. */
export const splittingRules = 1

/** "German", "language found in each text, Han by words, rules 1 (today 2)". */
export function describeSplitting({ language, han, rules }: NewTextSplitting): string {
  return [
    language === 'found' ? 'language found in each text' : languageNames[language],
    ...(han === 'words' ? ['Han by words'] : []),
    ...(rules === splittingRules ? [] : [`rules ${rules} (today ${splittingRules})`]),
  ].join(', ')
}

export function isSameSplitting(a: Splitting | undefined, b: Splitting | undefined): boolean {
  return a?.language === b?.language && a?.han === b?.han && a?.rules === b?.rules
}

/** A splitting from what a file or the database says; a language that is not known any more is another one. */
export function toSplitting({ language, han, rules }: { language: string; han: string; rules: number }): Splitting {
  return {
    language: isLanguageCode(language) ? language : 'und',
    han: han === 'words' ? 'words' : 'characters',
    rules,
  }
}
