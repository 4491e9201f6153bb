/** How a person reads in the editor: the size of the words, the room between lines, and when to be reminded of a break. */

export const readingSizes = ['small', 'usual', 'large', 'largest'] as const
export const lineSpacings = ['usual', 'wide', 'widest'] as const
export type ReadingSize = (typeof readingSizes)[number]
export type LineSpacing = (typeof lineSpacings)[number]

export interface Reading {
  readonly size: ReadingSize
  readonly spacing: LineSpacing
  /** Minutes of work after which a break is suggested; 0 for never. */
  readonly breakMinutes: number
}

export const usualReading: Reading = { size: 'usual', spacing: 'usual', breakMinutes: 0 }

/** Pixels of the letters and of a row of words. */
export const sizePx: Readonly<Record<ReadingSize, { readonly letters: number; readonly row: number }>> = {
  small: { letters: 16, row: 25 },
  usual: { letters: 18, row: 28 },
  large: { letters: 22, row: 34 },
  largest: { letters: 27, row: 42 },
}

/** Pixels that lines stand farther apart than their rows and arcs ask for. */
export const spacingPx: Readonly<Record<LineSpacing, number>> = { usual: 0, wide: 12, widest: 28 }
