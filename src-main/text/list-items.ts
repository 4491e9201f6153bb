/** ListItems: the marks and numbers with which the lines of a list begin. */
import type { TokenView } from './token-view.ts'

export interface ListItems {
  /** Whether an item begins with the word, in a text whose latest sentence began with `start`. */
  beginsAt(index: number, start: number): boolean
  /** Whether the word is a dash with which a line begins. */
  isDashAt(index: number): boolean
  /** Whether the full stop belongs to the number of an item with which the sentence began: "1." */
  isNumber(fullStop: number, start: number): boolean
}

const bullet = /^[•‣◦▪▫●○■□▶►❖✓✔·]$/u
const dash = /^[-–—*+]$/
const number = /^(?:\p{N}{1,3}|[a-zA-Z])$/u

export function createListItems(view: TokenView): ListItems {
  const beginsLine = (index: number) => index === 0 || /[\n\r]/.test(view.gapBefore(index))
  const isMark = (index: number, mark: RegExp) =>
    mark.test(view.word(index)) && beginsLine(index) && view.gapBefore(index + 1) !== ''
  const isNumbered = (index: number) =>
    number.test(view.word(index)) &&
    beginsLine(index) &&
    view.word(index + 1) === '.' &&
    view.gapBefore(index + 1) === '' &&
    /\S/.test(view.word(index + 2)) &&
    view.gapBefore(index + 2) !== ''
  return {
    beginsAt: (index, start) =>
      isMark(index, bullet) || (isMark(index, dash) && isMark(start, dash)) || (isNumbered(index) && isNumbered(start)),
    isDashAt: (index) => isMark(index, dash),
    isNumber: (fullStop, start) => fullStop === start + 1 && isNumbered(start),
  }
}
