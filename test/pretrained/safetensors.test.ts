/** Safetensors keep every float32 to the bit. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseTensors, serializeTensors } from '#main/pretrained/safetensors'

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

  it('keeps a tensor whose name means something in JavaScript', () => {
    const map = new Map([['__proto__', { shape: [1], values: Float32Array.of(2) }]])
    expect(parseTensors(serializeTensors(map), 'a file')).toEqual(map)
  })

  it('starts the values at a multiple of eight bytes, as readers of the format expect', () => {
    const bytes = serializeTensors(new Map([['a', { shape: [1], values: Float32Array.of(1) }]]))
    expect((bytes.length - 4) % 8).toBe(0)
  })

  it('widens half precision and passes whole numbers over', () => {
    const header = JSON.stringify({
      half: { dtype: 'F16', shape: [2], data_offsets: [0, 4] },
      brain: { dtype: 'BF16', shape: [2], data_offsets: [4, 8] },
      ids: { dtype: 'I64', shape: [1], data_offsets: [8, 16] },
    })
    const bytes = Buffer.alloc(8 + header.length + 16)
    bytes.writeBigUInt64LE(BigInt(header.length))
    bytes.write(header, 8)
    // 1.5 and -2 in both formats
    ;[0x3e00, 0xc000, 0x3fc0, 0xc000].forEach((half, at) => bytes.writeUInt16LE(half, 8 + header.length + 2 * at))
    const values = Float32Array.of(1.5, -2)
    expect([...parseTensors(bytes, 'a file')]).toEqual([
      ['half', { shape: [2], values }],
      ['brain', { shape: [2], values }],
    ])
  })

  it.each([
    ['an empty file', new Uint8Array()],
    ['text', new TextEncoder().encode('not tensors at all, just words')],
  ])('refuses %s by name', (_, bytes) =>
    expect(() => parseTensors(bytes, 'w.safetensors')).toThrow(/^w\.safetensors is not/),
  )

  const withHeader = (header: unknown): Uint8Array => {
    const json = new TextEncoder().encode(JSON.stringify(header))
    return Uint8Array.from([json.length, 0, 0, 0, 0, 0, 0, 0, ...json])
  }

  it.each([[null], [[]], [3]])('refuses the header %j by name', (header) =>
    expect(() => parseTensors(withHeader(header), 'w.safetensors')).toThrow(
      'w.safetensors is not a safetensors file: its header is no JSON object',
    ),
  )

  it.each([
    null,
    {},
    { dtype: 'F32', shape: [0] },
    { dtype: 'F32', shape: 'x', data_offsets: [0, 0] },
    { dtype: 'F32', shape: [-1], data_offsets: [0, 0] },
    { dtype: 'F32', shape: [0], data_offsets: [0, null] },
  ])('refuses %j in place of a tensor by name', (entry) =>
    expect(() => parseTensors(withHeader({ a: entry }), 'w.safetensors')).toThrow(
      `w.safetensors: expected dtype, shape and data_offsets of a in the header, found ${JSON.stringify(entry)}`,
    ),
  )
})
