/** Work at some items at a time: results in order, no more at once than asked for. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { overlapping } from '#main/services/extraction/overlapping'
import { all } from '../../support/all-of.ts'

/** Numbers from 0; tells how many were taken, and whether the source was left. */
function source(count: number) {
  const state = { taken: 0, isLeft: false }
  async function* numbers(): AsyncGenerator<number> {
    try {
      for (let at = 0; at < count; at++) {
        state.taken++
        yield at
      }
    } finally {
      state.isLeft = true
    }
  }
  return { state, numbers: numbers() }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('overlapping work', () => {
  it('gives results in the order of the items, at most so many at once, however long each takes', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.nat(4), { maxLength: 12 }), fc.integer({ min: 1, max: 4 }), async (turns, most) => {
        let [working, peak] = [0, 0]
        const results = await all(
          overlapping(source(turns.length).numbers, most, async (item) => {
            peak = Math.max(peak, ++working)
            for (let left = turns[item] ?? 0; left > 0; left--) await turn()
            working--
            return item
          }),
        )
        expect(results).toEqual(turns.map((_, at) => at))
        expect(peak).toBeLessThanOrEqual(most)
        if (turns.length >= most && turns.slice(0, most).every((count) => count > 0)) expect(peak).toBe(most)
      }),
    ))

  it('takes no more from the source than it works at and one, while nobody takes the results', async () => {
    const { state, numbers } = source(100)
    const results = overlapping(numbers, 2, async (item) => item)
    expect((await results.next()).value).toBe(0)
    for (let turns = 0; turns < 20; turns++) await turn()
    expect(state.taken).toBe(3)
    await results.return(undefined)
    await expect.poll(() => state.isLeft).toBe(true)
  })

  it('throws what the work or the source throws, after the results before it', async () => {
    const seen: number[] = []
    const taking = async (results: AsyncIterable<number>) => {
      for await (const result of results) seen.push(result)
    }
    const failing = async (item: number) => (item === 2 ? Promise.reject(new Error('no work')) : item)
    await expect(taking(overlapping(source(9).numbers, 3, failing))).rejects.toThrow('no work')
    async function* broken() {
      yield 7
      throw new Error('broken')
    }
    await expect(taking(overlapping(broken(), 3, async (item) => item))).rejects.toThrow('broken')
    expect(seen).toEqual([0, 1, 7])
  })
})
