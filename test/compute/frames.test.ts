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

  /** A frame as no encoder of ours would write it. */
  function forge(header: unknown, bytes = 8): Uint8Array {
    const text = new TextEncoder().encode(JSON.stringify(header))
    const frame = new Uint8Array(4 + text.length + bytes)
    new DataView(frame.buffer).setUint32(0, text.length, true)
    frame.set(text, 4)
    return frame
  }

  const piece = { path: ['a'], type: 'u8', length: 4 }
  const forgeries: Record<string, unknown> = {
    'the prototype of all objects': { data: {}, pieces: [{ ...piece, path: ['__proto__', 'polluted'] }] },
    'the constructor of all objects': {
      data: {},
      pieces: [{ ...piece, path: ['constructor', 'prototype', 'polluted'] }],
    },
    'a method of a list': { data: { a: [] }, pieces: [{ ...piece, path: ['a', 'push'] }] },
    'a place inside a text': { data: { a: 'text' }, pieces: [{ ...piece, path: ['a', 0] }] },
    'a place that is not there': { data: {}, pieces: [piece] },
    'a place that holds something else': { data: { a: 1 }, pieces: [piece] },
    'a path that is none': { data: { a: null }, pieces: [{ ...piece, path: 'a' }] },
    'a type of everything': { data: { a: null }, pieces: [{ ...piece, type: 'constructor' }] },
    'a length below nothing': { data: { a: null }, pieces: [{ ...piece, length: -4 }] },
    'a length that is no number': { data: { a: null }, pieces: [{ ...piece, length: '4' }] },
    'a length beyond all memory': { data: { a: null }, pieces: [{ ...piece, length: 2 ** 60 }] },
    'no pieces': { data: {} },
    nothing: null,
  }

  it.each(Object.entries(forgeries))(
    'are refused when they name %s, and change nothing that others share',
    (_, header) => {
      expect(() => decodeFrame(forge(header))).toThrow()
      expect('polluted' in {}).toBe(false)
      expect([].push.name).toBe('push')
    },
  )

  it('decode to plain data or are refused, whatever bytes they are', () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.jsonValue(), (bytes, header) => {
        for (const frame of [bytes, forge(header), forge({ data: header, pieces: [header] })])
          try {
            decodeFrame(frame)
          } catch (error) {
            expect(error).toBeInstanceOf(Error)
          }
        expect(Object.keys(Object.prototype)).toEqual([])
      }),
    ))

  it('are refused when they are cut off anywhere', () => {
    const frame = encodeFrame({ values: Float32Array.of(1, 2, 3) })
    for (let length = 0; length < frame.length; length++) expect(() => decodeFrame(frame.subarray(0, length))).toThrow()
  })
})
