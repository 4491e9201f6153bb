/** The unit in which an .ann counts the characters of its text, told by what its marks repeat of the text. */
import { createOffsetTable, type OffsetTable } from '#main/text/code-points'
import type { TextRange } from '#main/text/range'
import { fromUnit, type ToCodePoints } from '../../shared/offset-units.ts'
import type { SpanLine } from './standoff.ts'

/** SpanPlace: the range of a span in code points, or the reason why it has none. */
export type SpanPlace =
  | { readonly range: TextRange; readonly isJoined: boolean }
  | { readonly fault: string; readonly isWrong: boolean }

export interface Counting {
  /** Name of the unit in which characters are counted; null for brat's own: code points. */
  readonly unit: string | null
  place(line: SpanLine): SpanPlace
}

/** brat counts code points. A file whose marks fit only otherwise counts so. */
export function chooseCounting(text: string, lines: readonly SpanLine[]): Counting {
  const table = createOffsetTable(text)
  const usual = countingBy(null, fromUnit(text, 'code points'), table)
  const isRight = (counting: Counting): boolean =>
    lines.every((line) => {
      const place = counting.place(line)
      return 'range' in place || !place.isWrong
    })
  if (isRight(usual)) return usual
  const others = [
    countingBy('UTF-16 units', fromUnit(text, 'UTF-16 units'), table),
    countingBy('a line break of CR LF as one character', foldedBreaks(text), table),
  ]
  return others.find(isRight) ?? usual
}

function countingBy(unit: string | null, toCodePoints: ToCodePoints, table: OffsetTable): Counting {
  return { unit, place: (line) => placeSpan(line, toCodePoints, table) }
}

function placeSpan(line: SpanLine, toCodePoints: ToCodePoints, table: OffsetTable): SpanPlace {
  const ranges = line.fragments.flatMap((fragment): TextRange[] => {
    const [start, end] = [toCodePoints(fragment.start), toCodePoints(fragment.end)]
    return start === null || end === null || start > end ? [] : [{ start, end }]
  })
  const [first, last] = [ranges[0], ranges.at(-1)]
  const where = line.fragments.map(({ start, end }) => `${start} to ${end}`).join(' and ')
  if (!first || !last || ranges.length < line.fragments.length)
    return { fault: `its characters ${where} are not in the text, which has ${table.length}`, isWrong: true }
  const found = ranges.map(({ start, end }) => table.slice(start, end)).join(' ')
  if (line.text !== null && spaced(found) !== spaced(line.text))
    return {
      fault: `its characters ${where} are "${shorten(found)}", but the line says "${shorten(line.text)}"`,
      isWrong: true,
    }
  const isGapped = ranges.some(({ start }, at) => at > 0 && table.slice(ranges[at - 1]?.end ?? 0, start).trim() !== '')
  if (isGapped || first.start >= last.end)
    return {
      fault: isGapped ? `its parts (${where}) do not stand together` : 'it holds no character',
      isWrong: false,
    }
  return { range: { start: first.start, end: last.end }, isJoined: ranges.length > 1 }
}

/** brat repeats the text of a mark with spaces for line breaks. */
function spaced(text: string): string {
  return text.replaceAll(/\s/g, ' ')
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

/** Offsets of a text that had LF where this one has CR LF. */
function foldedBreaks(text: string): ToCodePoints {
  const starts: number[] = []
  let count = 0
  let previous = ''
  for (const character of text) {
    if (character !== '\n' || previous !== '\r') starts.push(count)
    previous = character
    count++
  }
  return (offset) => starts[offset] ?? (offset === starts.length ? count : null)
}
