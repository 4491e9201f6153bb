/** The variant of triple JSON that keeps the last word of each name (NYT*, WebNLG*), as far as a whole file shows it. */
import { wordsOf } from '#main/text/words'
import type { AnnotatedDoc } from '#main/document/annotated-doc'

export interface LastWordCheck {
  add(doc: AnnotatedDoc): void
  /** Describes a file of that variant; null for any other: one with a string of two words, or no name that goes on before its string. */
  note(): string | null
}

export function createLastWordCheck(): LastWordCheck {
  let hasLongName = false
  let isCutName = false
  return {
    add({ text, tokens, annotations }) {
      if (hasLongName) return
      const words = wordsOf(text, tokens)
      for (const { spans, unanchored } of annotations) {
        hasLongName ||= unanchored.some(({ subject, object }) => /\s/.test(subject) || /\s/.test(object))
        for (const { start, end } of spans) {
          hasLongName ||= end - start > 1
          isCutName ||= isCapitalised(words[start]) && isCapitalised(words[start - 1])
        }
      }
    },
    note: () =>
      isCutName && !hasLongName
        ? 'every subject and object is one word, also where the name is longer: this is the variant that keeps last words, so compare with figures of partial match alone'
        : null,
  }
}

function isCapitalised(word: string | undefined): boolean {
  return /^\p{Lu}/u.test(word ?? '')
}
