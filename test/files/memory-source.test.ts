/** Sources in memory behave as files do. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memorySource } from '#main/files/memory-source'
import { bytesOf, textOf } from '../support/sources.ts'

describe('a source in memory', () => {
  it('gives its bytes in pieces of any size, as often as it is opened', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array(), fc.integer({ min: 1, max: 9 }), async (bytes, pieceBytes) => {
        const source = memorySource('made', bytes, {}, pieceBytes)
        expect(source.size).toBe(bytes.length)
        for (let time = 0; time < 2; time++) expect(await bytesOf(source)).toEqual(bytes)
        for await (const piece of source.open()) expect(piece.length).toBeLessThanOrEqual(pieceBytes)
      }),
    )
  })

  it('gives a text as UTF-8', async () => {
    expect(memorySource('made', 'Ада 🙂').size).toBe(11)
    expect(await textOf(memorySource('made', 'Ада 🙂'))).toBe('Ада 🙂')
  })

  it('lies beside the others of its folder, and they beside one another', async () => {
    const source = memorySource('data/train.json', '[]', { 'rel2id.json': '{}', 'dev.json': '[1]' })
    const found = source.beside('rel2id.json')
    expect([found?.name, await textOf(found)]).toEqual(['data/rel2id.json', '{}'])
    expect(await textOf(found?.beside('dev.json') ?? null)).toBe('[1]')
    for (const name of ['nothing', '__proto__', 'constructor']) expect(source.beside(name)).toBeNull()
  })

  it('stops when it is told to', async () => {
    const signal = AbortSignal.abort()
    await expect(bytesOf(memorySource('made', 'text'), signal)).rejects.toMatchObject({ name: 'AbortError' })
  })
})
