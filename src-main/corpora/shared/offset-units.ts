/** Offsets that another tool counts in UTF-16 units or UTF-8 bytes → code points. */
import { createOffsetTable } from '#main/text/code-points'
import { firstThat } from './mark-words.ts'

export type OffsetUnit = 'code points' | 'UTF-16 units' | 'UTF-8 bytes'

/** Code point at which an offset of this unit stands; null where it is outside of the text or inside a character. */
export type ToCodePoints = (offset: number) => number | null

export function fromUnit(text: string, unit: OffsetUnit): ToCodePoints {
  if (unit === 'UTF-8 bytes') return fromBytes(text)
  const table = createOffsetTable(text)
  const inside = (offset: number, length: number): boolean => offset >= 0 && offset <= length
  if (unit === 'code points') return (offset) => (inside(offset, table.length) ? offset : null)
  return (offset) => {
    if (!inside(offset, text.length)) return null
    const codePoint = table.codePointOf(offset)
    return table.unitOf(codePoint) === offset ? codePoint : null
  }
}

function fromBytes(text: string): ToCodePoints {
  const starts = new Float64Array([...text].length + 1)
  let [bytes, count] = [0, 0]
  for (const character of text) {
    starts[count++] = bytes
    bytes += bytesOf(character.codePointAt(0) ?? 0)
  }
  starts[count] = bytes
  return (offset) => {
    const at = firstThat(starts, (start) => start >= offset)
    return starts[at] === offset ? at : null
  }
}

function bytesOf(codePoint: number): number {
  if (codePoint < 0x80) return 1
  if (codePoint < 0x800) return 2
  return codePoint < 0x10000 ? 3 : 4
}
