/** Cuts of a range that begins or ends within a word, in pixels: of text as it is measured, in reading direction. */
import type { Token } from '#main/document/doc'
import type { SpanRange } from '#main/document/span'
import type { TokenCell } from './lines.ts'
import type { Measure } from './measure.ts'

/** From the beginning of the first word's text, and of the last one's; null where the range has the whole word. */
export interface Cut {
  readonly start: number | null
  readonly end: number | null
}

export type Cutter = (range: SpanRange) => Cut | undefined

export function createCutter(words: readonly string[], tokens: readonly Token[], measure: Measure): Cutter {
  return ({ start, end, chars }) => {
    const [first, last] = [tokens[start], tokens[end - 1]]
    if (!chars || !first || !last) return undefined
    const widthOf = (word: number, letters: number) => measure([...(words[word] ?? '')].slice(0, letters).join(''))
    return {
      start: chars.start > first.start ? widthOf(start, chars.start - first.start) : null,
      end: chars.end < last.end ? widthOf(end - 1, chars.end - last.start) : null,
    }
  }
}

/** Left and right of the cells from first to last, as far as they belong to the range. */
export function cutEdges(
  [first, last]: readonly [TokenCell, TokenCell],
  { isFirst, isLast }: { readonly isFirst: boolean; readonly isLast: boolean },
  cut: Cut | undefined,
): { readonly left: number; readonly width: number } {
  const at = ({ left, padding, width }: TokenCell, offset: number) => Math.min(left + padding + offset, left + width)
  const left = isFirst && cut && cut.start !== null ? at(first, cut.start) : first.left
  const right = isLast && cut && cut.end !== null ? at(last, cut.end) : last.left + last.width
  return { left, width: right - left }
}
