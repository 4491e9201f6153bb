import { describe, expect, it } from 'vitest'
import { largestCall, refuseTooLong } from '#main/api/call-limit'

describe('a call that is too long for its connection', () => {
  const megabyte = 2 ** 20

  it('is refused with its size and what to do, counted in bytes', () => {
    expect(() => refuseTooLong('ä'.repeat(megabyte), 2 * megabyte)).not.toThrow()
    expect(() => refuseTooLong('ä'.repeat(2 * megabyte), 2 * megabyte)).toThrow(
      'This is 4 MB at once, and Espalier takes at most 2 MB. Give fewer files at a time, or cut the largest into parts.',
    )
    expect(() => refuseTooLong(new Uint8Array(megabyte + 1), megabyte)).toThrow('at most 1 MB')
    expect(() => refuseTooLong(new Uint8Array(megabyte), megabyte)).not.toThrow()
  })

  it('is one that no text of JavaScript could hold', () => {
    expect(() => 'x'.repeat(largestCall)).not.toThrow()
    expect(() => 'x'.repeat(1.1 * largestCall)).toThrow('Invalid string length')
  })
})
