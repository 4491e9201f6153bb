/** The text of tokens. Offsets count code points, JavaScript's strings count UTF-16 units: this is where they meet. */
import type { Token } from './doc.ts'

/** One string per token, and whether white space stands before it. */
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

/** Does the text run from right to left, by its first letter with a direction? */
export function isRightToLeft(text: string): boolean {
  const first = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]|\p{L}/u.exec(text)
  return (
    first !== null &&
    /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(first[0])
  )
}
