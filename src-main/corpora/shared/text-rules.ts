/** TextRules: how the texts of one file are split into words, in the language that is chosen or found in them. */
import type { ReadSettings } from '#main/document/read-settings'
import { createLanguageFinder } from '#main/text/language'
import { languages } from '#main/text/languages/languages'
import { splittingRules, type Splitting } from '#main/text/splitting'
import type { WordRules } from '#main/text/words'

export interface TextRules {
  readonly splitting: Splitting
  readonly words: WordRules
}

/** Answers for one text of the file after the other: a short one is known by those before it. */
/** TextReading: the settings and rules by which a reader finds words in the texts of a file. */
export interface TextReading {
  readonly settings: ReadSettings
  readonly rulesFor: (text: string) => TextRules
}

export function createTextRules({ language, han = 'characters' }: ReadSettings): (text: string) => TextRules {
  const finder = createLanguageFinder()
  return (text) => {
    const code = language ?? finder.languageOf(text)
    return {
      splitting: { language: code, han, rules: splittingRules },
      words: { language: languages[code], han },
    }
  }
}
