/** Code points ⇄ UTF-16 units: stored offsets count code points, JavaScript strings are indexed by units. */

export interface OffsetTable {
  /** Number of code points in the text. */
  readonly length: number
  /** Index of the UTF-16 unit at which code point `codePoint` begins; `length` maps to the text's end. */
  unitOf(codePoint: number): number
  /** Number of code points that begin before UTF-16 unit `unit`. */
  codePointOf(unit: number): number
  /** The text between two code-point offsets. */
  slice(start: number, end: number): string
}

/** Creates the table of one text. It scans the text once and answers every question by index or bisection. */
export function createOffsetTable(text: string): OffsetTable {
  const astral = findAstral(text)
  const before = (offset: number, positionOf: (index: number) => number) => {
    let low = 0
    let high = astral.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (positionOf(middle) < offset) low = middle + 1
      else high = middle
    }
    return low
  }
  const unitOf = (codePoint: number) => codePoint + before(codePoint, (index) => (astral[index] ?? 0) - index)
  return {
    length: text.length - astral.length,
    unitOf,
    codePointOf: (unit) => unit - before(unit - 1, (index) => astral[index] ?? 0),
    slice: (start, end) => text.slice(unitOf(start), unitOf(end)),
  }
}

/** Indices of the units at which a code point of two units begins; a lone surrogate counts as one code point. */
function findAstral(text: string): number[] {
  if (!/[\ud800-\udbff]/.test(text)) return []
  return Array.from(text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g), ({ index }) => index)
}
