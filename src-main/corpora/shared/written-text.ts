/** The text of a sentence for formats in which white space sets words apart, spelled so that its words are found again. */
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import type { Sentence, Token } from '#main/document/doc'
import { createOffsetTable } from '#main/text/code-points'
import { languages } from '#main/text/languages/languages'
import { hasUnspaced } from '#main/text/unspaced'
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
  const isReadAlike = isFoundAsItStands(doc, tokens)
  const gaps = words.map((word, at) => {
    const next = words[at + 1]
    if (next === undefined) return ''
    return tokens[at]?.end === tokens[at + 1]?.start && (isReadAlike || isFoundApart(word, next)) ? '' : ' '
  })
  const textOf = (span: { readonly start: number; readonly end: number }): string =>
    words
      .slice(span.start, span.end)
      .map((word, at) => (span.start + at === span.end - 1 ? word : word + (gaps[span.start + at] ?? '')))
      .join('')
  return { words, text: textOf({ start: 0, end: words.length }), textOf }
}

/** A text of a script without spaces is found as it stands when it falls into just these words as it is read again. */
function isFoundAsItStands({ text, splitting }: AnnotatedDoc, tokens: readonly Token[]): boolean {
  const from = tokens[0]?.start ?? 0
  const own = createOffsetTable(text).slice(from, tokens.at(-1)?.end ?? from)
  if (!hasUnspaced(own)) return false
  const han = splitting?.han ?? 'characters'
  const found = splitWords(own, { language: languages[splitting?.language ?? 'und'], han })
  return (
    found.length === tokens.length &&
    found.every(({ start, end }, at) => start + from === tokens[at]?.start && end + from === tokens[at].end)
  )
}

const spacedLetters = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}\p{P}\p{S}]/u

function isFoundApart(word: string, next: string): boolean {
  if (spacedLetters.test(word) && spacedLetters.test(next)) return false
  const found = splitWords(word + next)
  return found.length === 2 && found[0]?.end === [...word].length
}
