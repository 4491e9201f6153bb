/** Packed files are read as what they hold; a damaged, cut or monstrous one is refused by its name. */
import zlib from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contentName, type Source } from '#main/core/source'
import { memorySource, type MemoryFiles } from '#main/files/memory-source'
import { unpacked } from '#main/files/packed'
import { bytesOf, firstPieceOf, textOf } from '../support/sources.ts'

const zstd = (bytes: Uint8Array | string): Buffer =>
  zlib.zstdCompressSync(bytes, { params: { [zlib.constants.ZSTD_c_checksumFlag]: 1 } })
const packers = [
  ['gzip', 'corpus.jsonl.gz', (bytes: Uint8Array | string) => zlib.gzipSync(bytes)],
  ['zstd', 'corpus.jsonl.zst', zstd],
] as const

const packed = (name: string, bytes: Uint8Array, pieceBytes?: number, beside: MemoryFiles = {}): Source =>
  unpacked(memorySource(name, bytes, beside, pieceBytes))

const outcomeOf = (source: Source): Promise<string> => textOf(source).catch((error: unknown) => String(error))

describe.each(packers)('a %s file', (_, name, pack) => {
  it('is read as what it holds, in pieces of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 3000 }),
        fc.integer({ min: 1, max: 99 }),
        async (bytes, pieceBytes) => {
          expect(await bytesOf(packed(name, pack(bytes), pieceBytes))).toEqual(bytes)
        },
      ),
      { numRuns: 60 },
    )
  })

  it('is read whole when it holds several frames, wherever its pieces end', async () => {
    const parts = ['one ', '', 'two ', 'x'.repeat(300), ' three']
    const bytes = Buffer.concat(parts.map(pack))
    for (let pieceBytes = 1; pieceBytes <= bytes.length; pieceBytes++)
      expect(await textOf(packed(name, bytes, pieceBytes))).toBe(parts.join(''))
  })

  it('is known by its content and not by its name', async () => {
    expect(await textOf(packed('corpus.json', pack('[]')))).toBe('[]')
    expect(await textOf(packed(name, Buffer.from('[]')))).toBe('[]')
  })

  it('keeps its name for messages, without a size that nobody knows', () => {
    const source = packed(name, pack('[]'))
    expect([source.name, source.size, contentName(source.name)]).toEqual([name, null, 'corpus.jsonl'])
    expect(packed('corpus.json', Buffer.from('[]')).size).toBe(2)
  })

  it('is refused wherever it is cut', async () => {
    const whole = pack('Ada wrote the first program. '.repeat(9))
    for (let length = 4; length < whole.length; length++)
      for (const pieceBytes of [1, 1000])
        expect(await outcomeOf(packed(name, whole.subarray(0, length), pieceBytes)), String(length)).toMatch(
          `AppError: ${name} is cut short: its packed data ends too early. Copy or download it again.`,
        )
  })

  it('is refused when a later frame is cut or no frame at all', async () => {
    for (const later of [pack('second').subarray(0, 7), Buffer.from('and garbage that nobody packed')])
      for (const pieceBytes of [1, 7, 1000])
        expect(await outcomeOf(packed(name, Buffer.concat([pack('first'), later]), pieceBytes))).toMatch(
          /is (cut short|damaged): its packed data .* Copy or download it again/,
        )
  })

  it('gives what it held or an error, whichever of its bits was turned', async () => {
    const text = 'Ada wrote the first program. Grace wrote the first compiler.'
    const whole = pack(text)
    let refused = 0
    for (let bit = 32; bit < whole.length * 8; bit++) {
      const bytes = Buffer.from(whole)
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const outcome = await outcomeOf(packed(name, bytes))
      if (outcome !== text) refused++
      expect([text, expect.stringMatching(/^AppError: .* is (damaged|cut short|was packed)/)]).toContainEqual(outcome)
    }
    expect(refused).toBeGreaterThan(whole.length * 4)
  })

  it('that unpacks to more than a thousand times its size is refused, without filling the memory', async () => {
    let [given, largest] = [0, 0]
    const read = async (): Promise<void> => {
      for await (const piece of packed(name, pack(Buffer.alloc(120e6))).open()) {
        given += piece.length
        largest = Math.max(largest, piece.length)
      }
    }
    await expect(read()).rejects.toThrow(`${name} unpacks to more than 1000 times its size`)
    expect(given).toBeGreaterThanOrEqual(100e6 - 2 ** 20)
    expect(largest).toBeLessThanOrEqual(2 ** 20)
  })

  it('stops when it is told to, or when nobody reads on', async () => {
    const bytes = pack(Buffer.alloc(20e6, 'some text '))
    const stop = new AbortController()
    const read = async (): Promise<void> => {
      for await (const piece of packed(name, bytes).open(stop.signal)) if (piece.length > 0) stop.abort()
    }
    await expect(read()).rejects.toMatchObject({ name: 'AbortError' })
    expect((await firstPieceOf(packed(name, bytes))).length).toBeGreaterThan(0)
  })

  it('passes the error of its source on', async () => {
    const source: Source = {
      ...{ name, size: null, beside: () => null },
      async *open() {
        yield pack('text').subarray(0, 15)
        await Promise.reject(new Error('the disk is gone'))
      },
    }
    await expect(bytesOf(unpacked(source))).rejects.toThrow('the disk is gone')
  })

  it('is found beside another one, with and without its ending', async () => {
    const source = packed('train.json', Buffer.from('[]'), 9, {
      'rel2id.json.gz': zlib.gzipSync('{}'),
      'dev.json': 'x',
    })
    expect(await textOf(source.beside('rel2id.json'))).toBe('{}')
    expect(await textOf(source.beside('rel2id.json.gz'))).toBe('{}')
    expect(await textOf(source.beside('dev.json'))).toBe('x')
    expect(source.beside('test.json')).toBeNull()
  })
})

describe('zeros after a gzip file', () => {
  it('are padding, also before another part', async () => {
    const [one, other, zeros] = [zlib.gzipSync('one '), zlib.gzipSync('two'), Buffer.alloc(30)]
    for (const pieceBytes of [1, 7, 1000]) {
      expect(await textOf(packed('a.gz', Buffer.concat([one, zeros]), pieceBytes))).toBe('one ')
      expect(await textOf(packed('a.gz', Buffer.concat([one, zeros, other]), pieceBytes))).toBe('one two')
    }
  })
})

describe('other archives', () => {
  const tar = Buffer.alloc(1024)
  tar.write('a.txt')
  tar.write('ustar', 257)
  it.each([
    ['zip', Buffer.from('PK\u0003\u0004 and more')],
    ['tar', tar],
    ['bzip2', Buffer.from('BZh91AY&SY')],
    ['xz', Buffer.from('fd377a585a0000', 'hex')],
    ['7z', Buffer.from('377abcaf271c', 'hex')],
    ['rar', Buffer.from('Rar!\u001a\u0007\u0001\u0000')],
  ])('are named instead of read as text: %s', async (kind, bytes) => {
    expect(await outcomeOf(packed('corpus.json', bytes))).toMatch(`corpus.json is a ${kind} archive`)
    expect(await outcomeOf(packed('corpus.gz', zlib.gzipSync(bytes)))).toMatch(
      `The content of corpus.gz is a ${kind} archive`,
    )
  })

  it('do not include texts that begin alike', async () => {
    for (const text of ['BZh is a word', 'PK', 'Rar! said the raven', 'x'.repeat(257) + 'ustar and more', ''])
      expect(await textOf(packed('corpus.txt', Buffer.from(text)))).toBe(text)
  })
})
