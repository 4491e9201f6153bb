/** Bootstrap intervals: seeded, round the figure, narrower with more, and right about as often as they say. */
import { describe, expect, it } from 'vitest'
import { bootstrapInterval } from '#main/comparison/bootstrap-interval'
import { createRandom } from '#main/models/shared/random'

const meanOf = (items: readonly number[]) => items.reduce((sum, item) => sum + item, 0) / items.length
const difference = ([one = [], other = []]: readonly (readonly number[])[]) => meanOf(one) - meanOf(other)

function sample(seed: number, count: number, mean = 0): number[] {
  const random = createRandom(seed)
  return Array.from({ length: count }, () => mean + random.normal())
}

describe('a bootstrap interval', () => {
  it('is the same for the same seed and another for another', () => {
    const samples = [sample(1, 30), sample(2, 30)]
    const interval = bootstrapInterval(samples, difference, { seed: 3 })
    expect(bootstrapInterval(samples, difference, { seed: 3 })).toEqual(interval)
    expect(bootstrapInterval(samples, difference, { seed: 4 })).not.toEqual(interval)
  })

  it('holds the true difference about 19 times in 20', () => {
    let right = 0
    for (let time = 0; time < 200; time++) {
      const samples = [sample(10 + time, 40, 1), sample(1000 + time, 40)]
      const { low, high } = bootstrapInterval(samples, difference, { seed: time, draws: 400 })
      if (low <= 1 && 1 <= high) right += 1
    }
    expect(right / 200).toBeGreaterThan(0.88)
    expect(right / 200).toBeLessThan(0.99)
  })

  it('is half as wide with four times as much', () => {
    const width = (count: number) => {
      const { low, high } = bootstrapInterval([sample(5, count), sample(6, count)], difference, { seed: 1 })
      return high - low
    }
    expect(width(400) / width(100)).toBeGreaterThan(0.4)
    expect(width(400) / width(100)).toBeLessThan(0.62)
  })

  it('is a point where nothing differs, and refuses what is empty', () => {
    expect(
      bootstrapInterval(
        [
          [2, 2],
          [1, 1, 1],
        ],
        difference,
        { seed: 1 },
      ),
    ).toEqual({ low: 1, high: 1 })
    expect(() => bootstrapInterval([[], [1]], difference, { seed: 1 })).toThrow(RangeError)
  })
})
