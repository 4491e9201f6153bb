/** Token texts: code points, not UTF-16 units. */
import { describe, expect, it } from 'vitest'
import { isRightToLeft, tokenTexts } from '#main/document/token-text'

describe('token texts', () => {
  it('count a letter outside the basic plane as one', () => {
    const tokens = [
      { start: 0, end: 1 },
      { start: 2, end: 4 },
      { start: 4, end: 5 },
    ]
    expect(tokenTexts('😀 𝒜b!', tokens)).toEqual([
      { text: '😀', hasSpaceBefore: false },
      { text: '𝒜b', hasSpaceBefore: true },
      { text: '!', hasSpaceBefore: false },
    ])
  })

  it('run in the direction of their first letter', () => {
    expect(isRightToLeft('1990: فازت in Lidun')).toBe(true)
    expect(isRightToLeft('1990: Lidun فازت')).toBe(false)
    expect(isRightToLeft('1990')).toBe(false)
  })
})
