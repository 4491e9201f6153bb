/** splitText: the words and sentences of a text, by the rules of its language. */
import { findLanguage } from './language.ts'
import { languages, type LanguageCode } from './languages/languages.ts'
import type { TextRange } from './range.ts'
import { splitLines, splitSentences } from './sentences.ts'
import type { HanWords } from './unspaced.ts'
import { splittingRules, type Splitting } from './splitting.ts'
import { tokenize } from './words.ts'

export interface SplitOptions {
  /** The language of the text; found in the text when left out. */
  readonly language?: LanguageCode | undefined
  /** Whether Han characters are words of their own, which is usual, or belong to words. */
  readonly han?: HanWords | undefined
  /** Each line is one sentence. */
  readonly sentencePerLine?: boolean | undefined
}

export interface SplitText {
  readonly splitting: Splitting
  readonly tokens: readonly TextRange[]
  readonly sentences: readonly TextRange[]
}

export function splitText(text: string, options: SplitOptions = {}): SplitText {
  const { language = findLanguage(text), han = 'characters', sentencePerLine = false } = options
  const rules = languages[language]
  const tokens = tokenize(text, { language: rules, han })
  const sentences = sentencePerLine ? splitLines(text, tokens) : splitSentences(text, tokens, rules)
  return { splitting: { language, han, rules: splittingRules }, tokens, sentences }
}
