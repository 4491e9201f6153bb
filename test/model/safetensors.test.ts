/** Safetensors keep every float32 to the bit. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTensors, serializeTensors } from '#main/model/safetensors'

const tensor = fc.array(fc.nat(4), { maxLength: 3 }).chain((shape) =>
  fc.array(fc.float(), { minLength: 0, maxLength: 64 }).map((pool) => ({
    shape,
    values: Float32Array.from(
      { length: shape.reduce((a, b) => a * b, 1) },
      (_, i) => pool[i % (pool.length || 1)] ?? 0,
    ),
  })),
)

describe('safetensors', () => {
  it('reads back names, shapes and values as they were written', () =>
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ unit: 'grapheme' }).filter((name) => name !== '__metadata__'),
          tensor,
        ),
        (tensors) => {
          const map = new Map(Object.entries(tensors))
          const bytes = serializeTensors(map)
          expect(parseTensors(bytes, 'a file')).toEqual(map)
          expect(parseTensors(Buffer.concat([bytes]), 'a file')).toEqual(map)
        },
      ),
    ))

  it('starts the values at a multiple of eight bytes, as readers of the format expect', () => {
    const bytes = serializeTensors(new Map([['a', { shape: [1], values: Float32Array.of(1) }]]))
    expect((bytes.length - 4) % 8).toBe(0)
  })

  it.each([
    ['an empty file', new Uint8Array()],
    ['text', new TextEncoder().encode('not tensors at all, just words')],
  ])('refuses %s by name', (_, bytes) =>
    expect(() => parseTensors(bytes, 'w.safetensors')).toThrow(/^w\.safetensors is not/),
  )
})
