/** The text of a sentence for formats in which white space sets words apart, spelled so that its words are found again. */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { Sentence } from '#main/document/doc'
import { splitWords, wordsOf } from '#main/text/words'

export interface WrittenSentence {
  readonly words: readonly string[]
  readonly text: string
  /** The words of a span, spelled as in the text. */
  textOf(span: { readonly start: number; readonly end: number }): string
}

/**
 * Sets words apart by single spaces, except where the original has nothing between them and they are found without it, as
 * characters of Chinese are. White space within a word becomes a space.
 */
export function writtenSentence(doc: AnnotatedDoc, { start, end }: Sentence): WrittenSentence {
  const tokens = doc.tokens.slice(start, end)
  const words = wordsOf(doc.text, tokens).map((word) => word.replaceAll(/\s+/g, ' '))
  const gaps = words.map((word, at) => {
    const next = words[at + 1]
    if (next === undefined) return ''
    return tokens[at]?.end === tokens[at + 1]?.start && isFoundApart(word, next) ? '' : ' '
  })
  const textOf = (span: { readonly start: number; readonly end: number }): string =>
    words
      .slice(span.start, span.end)
      .map((word, at) => (span.start + at === span.end - 1 ? word : word + (gaps[span.start + at] ?? '')))
      .join('')
  return { words, text: textOf({ start: 0, end: words.length }), textOf }
}

const spacedLetters = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}\p{P}\p{S}]/u

function isFoundApart(word: string, next: string): boolean {
  if (spacedLetters.test(word) && spacedLetters.test(next)) return false
  const found = splitWords(word + next)
  return found.length === 2 && found[0]?.end === [...word].length
}
