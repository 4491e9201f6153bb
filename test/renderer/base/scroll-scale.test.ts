/** Lists longer than a browser can place are scrolled on a shorter sheet; every row keeps its place among the rows in sight. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRowHeights } from '#window/base/row-heights.ts'
import { placeOnSheet, scrollScale, tallestPx } from '#window/base/scroll-scale.ts'

const rowPx = 52
const visiblePx = 700

function placesAt(count: number, share: number) {
  const heights = createRowHeights(count, rowPx)
  const { step, lowestPx, sheetPx } = scrollScale(heights.totalPx, visiblePx)
  const topPx = lowestPx * share
  const scrolledPx = Math.round(topPx / step) // browsers scroll by whole pixels
  const first = heights.indexAt(topPx)
  const last = heights.indexAt(topPx + visiblePx)
  const place = (index: number): number => placeOnSheet(heights.topOf(index), topPx, scrolledPx)
  return { topPx, scrolledPx, sheetPx, first, last, place }
}

describe('the sheet of a long list', () => {
  it('is so short that 32-bit floats hold the place of every row, to the last of ten million', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (count, share) => {
          const { first, last, place } = placesAt(count, share)
          for (const index of [first, last]) {
            expect(place(index)).toBeLessThanOrEqual(tallestPx)
            expect(Math.fround(place(index))).toBe(place(index))
          }
        },
      ),
      { numRuns: 20 }, // the heights of ten million rows take 80 MB
    )
  })

  it('shows the rows that stand at the place in the list, one below the other, within a pixel', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (count, share) => {
          const { first, last, place, topPx, scrolledPx } = placesAt(count, share)
          expect(place(last) - place(first)).toBe((last - first) * rowPx)
          expect(Math.abs(place(first) - scrolledPx - (first * rowPx - topPx))).toBeLessThanOrEqual(0.5)
        },
      ),
      { numRuns: 30 },
    )
  })

  it('ends where the last row ends', () => {
    for (const count of [1, 100, 80_000, 400_000, 10_000_000]) {
      const { place, sheetPx } = placesAt(count, 1)
      expect(Math.abs(place(count - 1) + rowPx - Math.max(sheetPx, rowPx))).toBeLessThanOrEqual(1)
    }
  })

  it('is as long as the list where that is short, so that a browser scrolls it by itself', () =>
    expect(scrollScale(50_000 * rowPx, visiblePx)).toMatchObject({ step: 1, sheetPx: 50_000 * rowPx }))
})
