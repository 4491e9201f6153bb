/** The index of a word-vector file: a few words cost a few rows, and their vectors are those of reading the whole file. */
import { appendFileSync, chmodSync, readdirSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createVectorFiles, readVectorFile } from '#main/services/runs/vector-files'
import { collectPlaces, placeOf, placesOf } from '#main/services/runs/vector-places'
import { temporaryFolder } from '../../support/services.ts'

const width = 3
const words = ['the', 'The', 'Founded', 'founded', 'zora', 'größe', '東京', '\uFEFFmark', 'no.', '123', 'I']
type Row = readonly [word: string, vector: readonly number[]]

const textOf = (rows: readonly Row[]): string => rows.map(([word, vector]) => `${word} ${vector.join(' ')}\n`).join('')
const layouts: Readonly<Record<string, (rows: readonly Row[]) => Uint8Array>> = {
  'text.txt': (rows) => Buffer.from(textOf(rows)),
  'headed.vec': (rows) => Buffer.from(`${rows.length} ${width}\r\n${textOf(rows).replaceAll('\n', '  \r\n')}`),
  'marked.txt': (rows) => Buffer.from(`\uFEFF${textOf(rows)}`),
  'uncut.txt': (rows) => Buffer.from(textOf(rows).trimEnd()),
  'packed.txt.gz': (rows) => gzipSync(textOf(rows)),
  'binary.bin': (rows) =>
    Buffer.concat([
      Buffer.from(`${rows.length} ${width}\n`),
      ...rows.flatMap(([word, vector]) => [Buffer.from(`${word} `), Buffer.from(Float32Array.from(vector).buffer)]),
    ]),
  'wink.json': (rows) =>
    Buffer.from(
      JSON.stringify({
        dimensions: width,
        vectors: Object.fromEntries(rows.map(([word, vector]) => [word, [...vector, 1, 2]])),
      }),
    ),
}

function written(name: string, content: Uint8Array | string): string {
  const file = path.join(temporaryFolder(), name)
  writeFileSync(file, content)
  return file
}

/** Vector files whose index lies in a folder, and the number of bytes that they read of any file. */
function counted(folder = temporaryFolder()) {
  const count = { bytes: 0 }
  const files = createVectorFiles(folder, { onBytes: (bytes) => (count.bytes += bytes) })
  return { files, count, folder }
}

/** A file of so many rows of a hundred bytes or so each. */
const many = (rows: number): string =>
  textOf(Array.from({ length: rows }, (_, at) => [`word${at}`, Array(20).fill(at / 7)]))

describe('the index of a file', () => {
  it.each(Object.keys(layouts))('finds in %s what reading all of it finds', (name) =>
    fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.constantFrom(...words), { minLength: 1 }),
        fc.subarray([...words, 'nowhere'].map((word) => word.toLowerCase())),
        async (has, asks) => {
          const rows = has.map((word, at): Row => [word, [at, 0.1 + at, -1e-3 * at]])
          const file = written(name, layouts[name]?.(rows) ?? '')
          const whole = await readVectorFile(file, new Set(asks))
          const { vectors, identity } = await createVectorFiles(temporaryFolder()).read(file, asks)
          const sorted = (found: typeof vectors) =>
            found.words.map((word, row) => [word, ...found.values.slice(row * width, (row + 1) * width)]).toSorted()
          expect(sorted(vectors)).toEqual(sorted(whole.vectors))
          expect(identity).toEqual({ file, sha256: whole.sha256, dimension: width })
          expect(vectors.words).toEqual([...new Set(asks)].filter((word) => vectors.words.includes(word)))
        },
      ),
      { numRuns: 15 },
    ),
  )

  it('costs one reading of the file, and then only the rows that are asked for', async () => {
    const { files, count, folder } = counted()
    const file = written('many.txt', many(5000))
    const { size } = statSync(file)
    await files.read(file, ['word1', 'word2'])
    expect(count.bytes).toBeGreaterThanOrEqual(size)
    expect(count.bytes).toBeLessThan(size + 1000)
    const before = count.bytes
    const { vectors } = await files.read(file, ['word4999', 'nowhere', 'word7', 'word7'])
    expect(vectors.words).toEqual(['word4999', 'word7'])
    expect(count.bytes - before).toBeLessThan(1000)
    const later = counted(folder)
    expect((await later.files.read(file, ['word4999'])).vectors.values).toEqual(vectors.values.slice(0, 20))
    expect(later.count.bytes).toBeLessThan(500)
  })

  it('is built anew for a file that changed, and when what is kept of it was damaged', async () => {
    const { files, count, folder } = counted()
    const file = written('changing.txt', many(100))
    await files.read(file, ['word1'])
    appendFileSync(file, `new ${Array(20).fill(5).join(' ')}\n`)
    expect((await files.read(file, ['new'])).vectors.words).toEqual(['new'])
    for (const name of readdirSync(folder).filter((each) => each.endsWith('.places')))
      truncateSync(path.join(folder, name), 9)
    const before = count.bytes
    expect((await files.read(file, ['new'])).vectors.words).toEqual(['new'])
    expect(count.bytes - before).toBeGreaterThan(statSync(file).size)
  })

  it('is kept of the latest files alone', async () => {
    const { files, folder } = counted()
    for (let at = 0; at < 7; at++) {
      await files.read(written(`${at}.txt`, many(3)), ['word1'])
      for (const name of readdirSync(folder)) utimesSync(path.join(folder, name), at, at)
    }
    expect(readdirSync(folder).filter((name) => name.endsWith('.json'))).toHaveLength(4)
    expect(readdirSync(folder)).toHaveLength(8)
  })

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
    'is done without where its folder cannot be written to',
    async () => {
      const folder = temporaryFolder()
      chmodSync(folder, 0o500)
      const file = written('many.txt', many(9))
      expect((await createVectorFiles(folder).read(file, ['word3', 'word1'])).vectors.words).toEqual(['word3', 'word1'])
    },
  )

  it('is done without where something stands in the place of its folder', async () => {
    const folder = written('no-folder', '')
    const file = written('many.txt', many(9))
    expect((await createVectorFiles(folder).read(file, ['word3', 'word1'])).vectors.words).toEqual(['word3', 'word1'])
  })

  it('tells a broken row when it is needed, by its line, as reading the whole file does', async () => {
    const broken = `${many(50)}bad ${Array(19).fill(1).join(' ')}\n${textOf([['last', Array<number>(20).fill(1)]])}`
    const file = written('broken.txt', broken)
    const { files } = counted()
    expect((await files.read(file, ['word3'])).vectors.words).toEqual(['word3'])
    await expect(files.read(file, ['word3', 'bad'])).rejects.toThrow(
      /broken\.txt, line 51: expected "bad" and 20 numbers, found 19/,
    )
  })
})

describe('places of rows', () => {
  it('are found by the word in any number of buckets, also beyond four gigabytes', () => {
    const places = collectPlaces()
    const offsets = Array.from({ length: 3000 }, (_, at) => at * 5_000_000)
    offsets.forEach((offset, at) => places.add(`w${at}`, { offset, length: at + 1, number: at }))
    const { buckets, starts, entries } = places.table()
    offsets.forEach((offset, at) => {
      const { bucket, mark } = placeOf(`w${at}`, buckets)
      const own = entries.slice(5 * (starts[bucket] ?? 0), 5 * (starts[bucket + 1] ?? 0))
      expect(placesOf(own, mark)).toEqual([{ offset, length: at + 1, number: at }])
      expect(own.length / 5).toBeLessThan(40)
    })
  })
})
