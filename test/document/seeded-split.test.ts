/** The seeded split: whole groups, each split its share, rare relation types spread, and the same for the same seed. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seededSplit, type SplitGroup } from '#main/document/seeded-split'
import { splits } from '#main/document/doc'

const run = (...args: Parameters<typeof seededSplit>): number[] => {
  const steps = seededSplit(...args)
  for (;;) {
    const { done, value } = steps.next()
    if (done === true) return [...value]
  }
}

const shares = fc
  .record({
    train: fc.integer({ min: 0, max: 100 }),
    dev: fc.integer({ min: 0, max: 100 }),
    test: fc.integer({ min: 0, max: 100 }),
  })
  .filter(({ train, dev, test }) => train + dev + test > 0)
const groups = fc
  .array(
    fc.record({
      size: fc.integer({ min: 1, max: 9 }),
      types: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 }),
    }),
    {
      maxLength: 200,
    },
  )
  .map((list) => list.map((group, key): SplitGroup => ({ key, ...group })))
const seed = fc.integer({ min: 0, max: 1_000_000 })

describe('a seeded split', () => {
  it('gives every split its share of the sentences within the largest group or two, and none to a split without a share', () => {
    fc.assert(
      fc.property(groups, shares, seed, (list, parts, number) => {
        const placed = run(list, parts, number)
        const whole = parts.train + parts.dev + parts.test
        const total = list.reduce((sum, { size }) => sum + size, 0)
        const largest = Math.max(0, ...list.map(({ size }) => size))
        for (const [index, split] of splits.entries()) {
          const got = list.reduce((sum, { size }, at) => sum + (placed[at] === index ? size : 0), 0)
          const share = (parts[split] / whole) * total
          expect(got).toBeLessThanOrEqual(Math.ceil(share) + Math.max(0, largest - 1))
          expect(got).toBeGreaterThanOrEqual(Math.floor(share) - 2 * largest)
          if (parts[split] === 0) expect(got).toBe(0)
        }
        expect(placed.every((split) => split >= 0 && split < 3)).toBe(true)
      }),
    )
  })

  it('is the same for the same seed, in whatever order the groups are given', () => {
    fc.assert(
      fc.property(groups, shares, seed, (list, parts, number) => {
        const placed = run(list, parts, number)
        const turned = run(list.toReversed(), parts, number)
        expect(turned.toReversed()).toEqual(placed)
      }),
    )
  })

  it('differs from seed to seed', () => {
    const list = Array.from({ length: 100 }, (_, key): SplitGroup => ({ key, size: 1, types: [key % 3] }))
    const parts = { train: 80, dev: 10, test: 10 }
    expect(run(list, parts, 1)).not.toEqual(run(list, parts, 2))
  })

  it('spreads every relation type by the shares, the rare ones too', () => {
    const counts = [1000, 100, 20, 10]
    const list = counts.flatMap((count, type) => Array.from({ length: count }, () => type))
    const all = list.map((type, key): SplitGroup => ({ key, size: 1, types: [type] }))
    for (let number = 1; number <= 20; number++) {
      const placed = run(all, { train: 80, dev: 10, test: 10 }, number)
      for (const [type, count] of counts.entries()) {
        const inSplit = (index: number) =>
          all.filter(({ types }, at) => types[0] === type && placed[at] === index).length
        expect([inSplit(0), inSplit(1), inSplit(2)]).toEqual([count * 0.8, count * 0.1, count * 0.1])
      }
    }
  })

  it('places ten thousand sentences exactly', () => {
    const list = Array.from({ length: 10_000 }, (_, key): SplitGroup => ({ key, size: 1, types: [] }))
    const placed = run(list, { train: 70, dev: 20, test: 10 }, 7)
    expect([0, 1, 2].map((split) => placed.filter((one) => one === split).length)).toEqual([7000, 2000, 1000])
  })
})
