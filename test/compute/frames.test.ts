import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeFrame, encodeFrame } from '#main/compute/frames'

/** What JSON can say and binary, nested at will, with names like those of prototypes among the keys. */
const { data } = fc.letrec<{ data: unknown }>((tie) => ({
  data: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.jsonValue({ maxDepth: 1 }).map((value): unknown => JSON.parse(JSON.stringify(value))), // -0 is not for JSON
    fc.uint8Array({ maxLength: 9 }),
    fc.float32Array({ maxLength: 9 }),
    fc.int32Array({ maxLength: 9 }),
    fc.array(tie('data'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('__proto__', 'length', 'data')), tie('data'), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  ),
}))

describe('frames', () => {
  it('give back what was put in, numbers to the bit', () =>
    fc.assert(
      fc.property(data, (value) => {
        expect(decodeFrame(encodeFrame(value))).toEqual(value)
      }),
    ))

  it('may lie anywhere in a larger buffer, as connections hand them over', () => {
    const frame = encodeFrame({ values: Float32Array.of(1.5, Number.NaN, -0), name: 'größe' })
    const buffer = Buffer.alloc(frame.length + 3) // a Buffer's slices are views
    buffer.set(frame, 3)
    const decoded = decodeFrame(buffer.subarray(3)) as { values: Float32Array; name: string }
    expect(decoded.name).toBe('größe')
    expect([...decoded.values]).toEqual([1.5, Number.NaN, -0])
  })

  it('give every typed array a buffer of its own, so that it can be handed on', () => {
    const { a, b } = decodeFrame(encodeFrame({ a: Uint8Array.of(1, 2), b: Uint8Array.of(3) })) as Record<
      string,
      Uint8Array
    >
    expect([a?.buffer.byteLength, b?.buffer.byteLength]).toEqual([2, 1])
  })

  it('are refused when they are cut off anywhere', () => {
    const frame = encodeFrame({ values: Float32Array.of(1, 2, 3) })
    for (let length = 0; length < frame.length; length++) expect(() => decodeFrame(frame.subarray(0, length))).toThrow()
  })
})
