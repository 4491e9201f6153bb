/** The variant of triple JSON that keeps the last word of each name (NYT*, WebNLG*), as far as a whole file shows it. */
import { wordsOf } from '#main/text/words'
import type { AnnotatedDoc } from '#main/document/annotated-doc'

/** Describes a file of that variant; null for any other: a string of two words, or no name that goes on before its string. */
export function lastWordNote(docs: readonly AnnotatedDoc[]): string | null {
  let isCutName = false
  for (const { text, tokens, annotations } of docs) {
    const words = wordsOf(text, tokens)
    for (const { spans, unanchored } of annotations) {
      if (unanchored.some(({ subject, object }) => /\s/.test(subject) || /\s/.test(object))) return null
      for (const { start, end } of spans) {
        if (end - start > 1) return null
        const isCapitalised = (word: string | undefined): boolean => /^\p{Lu}/u.test(word ?? '')
        isCutName ||= isCapitalised(words[start]) && isCapitalised(words[start - 1])
      }
    }
  }
  return isCutName
    ? 'every subject and object is one word, also where the name is longer: this is the variant that keeps last words, so compare with figures of partial match alone'
    : null
}
