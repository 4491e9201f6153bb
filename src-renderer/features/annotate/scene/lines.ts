/** Breaking a sentence into lines of measured cells, so that marks and arcs know where every token stands. */
import type { TokenText } from '#main/document/token-text'

export interface TokenCell {
  readonly token: number
  /** In reading direction from the line's start, in pixels. */
  readonly left: number
  readonly width: number
  /** Space before the text inside the cell. */
  readonly padding: number
}

export interface TokenLine {
  readonly cells: readonly TokenCell[]
  readonly width: number
}

/** Smallest width of a cell, so that its tag has room. */
const smallestTarget = 14
const spacedPadding = 4
const gluedPadding = 1

/** Lines no wider than `available`; tokens without white space between them stay together where they fit. */
export function breakLines(
  tokens: readonly TokenText[],
  measure: (text: string) => number,
  available: number,
): TokenLine[] {
  const widths = tokens.map(({ text, hasSpaceBefore }, i) => {
    const before = hasSpaceBefore || i === 0 ? spacedPadding : gluedPadding
    const after = (tokens[i + 1]?.hasSpaceBefore ?? true) ? spacedPadding : gluedPadding
    const width = Math.ceil(measure(text)) + before + after
    return { padding: before, width: Math.min(Math.max(width, smallestTarget), Math.max(available, smallestTarget)) }
  })

  const lines: TokenLine[] = []
  let cells: TokenCell[] = []
  let x = 0
  const endLine = () => {
    if (cells.length > 0) lines.push({ cells, width: x })
    cells = []
    x = 0
  }
  for (const group of gluedGroups(tokens)) {
    const groupWidth = group.reduce((sum, token) => sum + (widths[token]?.width ?? 0), 0)
    if (x > 0 && x + groupWidth > available) endLine()
    for (const token of group) {
      const { width, padding } = widths[token] ?? { width: smallestTarget, padding: 0 }
      if (x > 0 && x + width > available) endLine()
      cells.push({ token, left: x, width, padding })
      x += width
    }
  }
  endLine()
  return lines
}

function gluedGroups(tokens: readonly TokenText[]): number[][] {
  const groups: number[][] = []
  tokens.forEach(({ hasSpaceBefore }, token) => {
    const last = groups.at(-1)
    if (last && !hasSpaceBefore) last.push(token)
    else groups.push([token])
  })
  return groups
}
