/** The text of tokens. Offsets count code points, JavaScript's strings count UTF-16 units: this file converts between the two. */
import type { Token } from './doc.ts'

/** The text of each token, with a flag for white space before it. */
export interface TokenText {
  readonly text: string
  readonly hasSpaceBefore: boolean
}

export function tokenTexts(text: string, tokens: readonly Token[]): TokenText[] {
  const letters = [...text]
  return tokens.map(({ start, end }, i) => ({
    text: letters.slice(start, end).join(''),
    hasSpaceBefore: i > 0 && start > (tokens[i - 1]?.end ?? start),
  }))
}

/** A text runs from right to left when its first letter with a direction does. */
export function isRightToLeft(text: string): boolean {
  const first = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]|\p{L}/u.exec(text)
  return (
    first !== null &&
    /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(first[0])
  )
}
