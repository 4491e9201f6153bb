/** The blind share: drawn by a seed, about as large as it was asked to be. */
import { describe, expect, it } from 'vitest'
import { isBlind } from '#main/document/blind-share'

const drawn = (share: number, seed: number) =>
  Array.from({ length: 10_000 }, (_, id) => id + 1).filter((id) => isBlind(id, share, seed))

describe('the blind share', () => {
  it.each([0.05, 0.1, 0.5])('holds about as many sentences as it should: %f', (share) => {
    for (const seed of [0, 1, 2, 77]) expect(drawn(share, seed).length / 10_000).toBeCloseTo(share, 1)
  })

  it('is the same for the same seed, another for another, and none or all at the ends', () => {
    expect(drawn(0.1, 1)).toEqual(drawn(0.1, 1))
    expect(drawn(0.1, 1)).not.toEqual(drawn(0.1, 2))
    expect([drawn(0, 1).length, drawn(1, 1).length]).toEqual([0, 10_000])
  })
})
