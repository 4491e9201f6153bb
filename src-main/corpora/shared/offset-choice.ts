/** Chooses between code points and UTF-16 units, by which the offsets of a record count, as far as its text tells. */
import type { TextRange } from '#main/text/range'
import { fromUnit, type OffsetUnit, type ToCodePoints } from './offset-units.ts'

export interface ChosenOffsets {
  readonly unit: OffsetUnit
  readonly toCodePoints: ToCodePoints
}

/** A range with the text that the file repeats of it, where it does. */
export interface StatedRange extends TextRange {
  readonly text?: string | undefined
}

/**
 * The unit in which most ranges fit: they are in the text, begin and end with no white space, and are the text that the file
 * repeats of them. Where both fit alike, it is `usual`.
 */
export function chooseOffsets(
  text: string,
  ranges: readonly StatedRange[],
  usual: OffsetUnit = 'code points',
): ChosenOffsets {
  if (!/[\ud800-\udbff][\udc00-\udfff]/.test(text)) return { unit: usual, toCodePoints: fromUnit(text, 'code points') }
  const letters = [...text]
  const units: readonly OffsetUnit[] = usual === 'code points' ? [usual, 'UTF-16 units'] : [usual, 'code points']
  const [best] = units
    .map((unit) => ({ unit, toCodePoints: fromUnit(text, unit) }))
    .map((one) => ({ ...one, faults: ranges.filter((range) => !fits(range, one.toCodePoints, letters)).length }))
    .toSorted((a, b) => a.faults - b.faults)
  return best ?? { unit: usual, toCodePoints: fromUnit(text, usual) }
}

function fits(range: StatedRange, toCodePoints: ToCodePoints, letters: readonly string[]): boolean {
  const [start, end] = [toCodePoints(range.start), toCodePoints(range.end)]
  if (start === null || end === null || start >= end) return false
  if (range.text !== undefined) return letters.slice(start, end).join('') === range.text
  return [letters[start], letters[end - 1]].every((letter) => letter !== undefined && letter.trim() !== '')
}
