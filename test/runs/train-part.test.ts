/** Parts of train: seeded, nested, and of the size that was asked for. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allows, whyRefused } from '#main/runs/check-setting'
import { settingNamed } from '#main/runs/setting-values'
import { partOfTrain, sizeOfPart } from '#main/runs/train-part'

describe('a part of train', () => {
  const all = Array.from({ length: 100 }, (_, at) => at)

  it('is a share up to 1, above that a number of sentences, and two at least', () => {
    expect([1, 0.25, 30, 1000, 0.001].map((part) => sizeOfPart(part, 100))).toEqual([100, 25, 30, 100, 2])
  })

  it('is refused where it is neither a share nor a whole number of sentences', () => {
    const setting = settingNamed('trainPart')
    expect([0.5, 1, 2, 5000, 1.5, 0].map((part) => allows(setting, part))).toEqual([
      ...[true, true, true, true, false, false],
    ])
    expect(whyRefused(setting, 1.5)).toBe(
      'Part of train must be a share from 0.001 to 1, or a whole number up to 1,000,000,000, not 1.5.',
    )
  })

  it('keeps the order, and lies within every larger part of the same seed', () => {
    const part = fc.double({ min: 0.02, max: 1, noNaN: true })
    fc.assert(
      fc.property(part, part, fc.nat(), (one, other, seed) => {
        const [small, large] = [Math.min(one, other), Math.max(one, other)].map((trainPart) =>
          partOfTrain(all, { trainPart, seed }),
        )
        expect(small?.every((sentence) => large?.includes(sentence))).toBe(true)
        expect(small).toEqual(small?.toSorted((a, b) => a - b))
      }),
      { numRuns: 50 },
    )
  })

  it('is another one for another seed', () => {
    expect(partOfTrain(all, { trainPart: 10, seed: 1 })).not.toEqual(partOfTrain(all, { trainPart: 10, seed: 2 }))
  })
})
