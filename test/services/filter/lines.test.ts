import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kindOf, toLineDocument } from '#main/services/filter/line-documents'
import { linesOf, type Line } from '#main/services/filter/lines'
import { all } from '../../support/all-of.ts'

async function* inPieces(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0
  for (let turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1
    const piece = Uint8Array.from(bytes.subarray(at, (at += size)))
    yield piece
    piece.fill(0x21) // as a stream that uses its memory again
  }
}

const collect = async (bytes: Uint8Array, sizes: readonly number[] = [64], longest?: number): Promise<Line[]> =>
  all(linesOf(inPieces(bytes, sizes), longest))

describe('lines of a stream', () => {
  it('are those of the text, wherever its pieces end', async () => {
    const line = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll(/[\n\r]/g, ' '))
    await fc.assert(
      fc.asyncProperty(
        fc.array(line),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }),
        async (lines, sizes) => {
          const found = await collect(new TextEncoder().encode(lines.join('\n')), sizes)
          const expected = lines.flatMap((text, at) =>
            text.trim() === '' ? [] : [{ number: at + 1, text, failure: null }],
          )
          expect(found).toEqual(expected)
        },
      ),
    )
  })

  it('come before the line after them does', async () => {
    const { promise, resolve } = Promise.withResolvers<Uint8Array>()
    async function* bytes(): AsyncGenerator<Uint8Array> {
      yield new TextEncoder().encode('one\ntw')
      yield await promise
    }
    const lines = linesOf(bytes())
    expect((await lines.next()).value).toMatchObject({ number: 1, text: 'one' })
    resolve(new TextEncoder().encode('o\n'))
    expect((await lines.next()).value).toMatchObject({ number: 2, text: 'two' })
  })

  it('are refused one by one when they are no UTF-8 or too long, and the next one is read', async () => {
    const bytes = Buffer.concat([
      Buffer.from('a\n'),
      Buffer.from([0xff, 0x0a]),
      Buffer.from(`${'x'.repeat(50)}\nb\r\n`),
    ])
    const found = await collect(bytes, [3], 20)
    expect(found.map(({ number, text }) => [number, text])).toEqual([
      [1, 'a'],
      [2, null],
      [3, null],
      [4, 'b'],
    ])
    expect(found[1]?.failure).toMatch(/not UTF-8 text. Convert it/)
    expect(found[2]?.failure).toMatch(/has 50 bytes, and 20 bytes are read at most/)
  })
})

describe('a line as a document', () => {
  const toDoc = (text: string, number = 3) =>
    toLineDocument({ number, text, failure: null }, kindOf({ number, text, failure: null }), 'in', {})

  it('keeps its id, be it a number, and gets its place where it has none', () => {
    expect(toDoc('{"id": 9007199254740993, "text": "A b."}').id).toEqual(expect.objectContaining({}))
    expect(JSON.stringify(toDoc('{"id": 9007199254740993, "text": "A b."}').id)).toBe('9007199254740993')
    expect(toDoc('{"text": "A b."}').id).toBe('in#3')
    expect(toDoc('Plain text.')).toMatchObject({ id: 'in#3', fields: { text: 'Plain text.' }, failure: null })
  })

  it('says what is wrong with it by line and field', () => {
    expect(toDoc('{"text": 5}').failure).toBe('line 3: text: expected a string, found 5')
    expect(toDoc('{"id": 1}').failure).toBe('line 3: expected a JSON object with a "text"')
    expect(toDoc('{"text": "a"').failure).toMatch(/^line 3: not valid JSON at column/)
    expect(toDoc('{"text": "ab", "tokens": [[0, 9]]}').failure).toMatch(/^line 3: tokens\[0\]/)
  })

  it('is split by its own words where it has some, and by itself otherwise', () => {
    expect(toDoc('{"text": "ab cd", "tokens": [[0, 5]]}').doc?.tokens).toHaveLength(1)
    expect(toDoc('{"text": "One two. Three."}').doc?.sentences).toHaveLength(2)
  })
})
