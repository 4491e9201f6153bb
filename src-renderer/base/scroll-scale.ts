/** ScrollScale: between the pixels of a long list and those of the sheet that the browser scrolls, which is shorter where the list is very long. */

/**
 * Greatest height of the sheet in pixels. Browsers place what they draw with 32-bit floats: up to here they hold quarters of a
 * pixel, beyond 2^24 not even whole ones, so that rows would be blurred and cut off.
 */
export const tallestPx = 2 ** 22

export interface ScrollScale {
  readonly sheetPx: number
  /** Number of pixels of the list for one of the sheet: 1 for a list that fits it. */
  readonly step: number
  /** Greatest distance from the top that the list can be scrolled to. */
  readonly lowestPx: number
}

export function scrollScale(totalPx: number, visiblePx: number): ScrollScale {
  const sheetPx = Math.min(totalPx, tallestPx)
  const room = sheetPx - visiblePx
  const lowestPx = Math.max(0, totalPx - visiblePx)
  return { sheetPx, step: room > 0 ? Math.max(1, lowestPx / room) : 1, lowestPx }
}

/** Distance of a row from the top of the sheet that is scrolled to `scrolledPx`, while the list is scrolled to `topPx`. */
export function placeOnSheet(rowPx: number, topPx: number, scrolledPx: number): number {
  return rowPx + Math.round(scrolledPx - topPx)
}
