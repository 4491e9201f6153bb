/** Members of zip archives are read as files; hostile, damaged and encrypted ones are refused by their names. */
import { spawnSync } from 'node:child_process'
import { appendFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openZip } from '#main/files/zip'
import { bytesOf, firstPieceOf, textOf } from '../support/sources.ts'
import { temporaryFolder } from '../support/temporary-workspace.ts'
import { patchEntries, renameEntries, zipOf, type ZipContent } from '../support/zip-file.ts'

function fileOf(zip: Uint8Array): string {
  const file = path.join(temporaryFolder(), 'corpus.zip')
  writeFileSync(file, zip)
  return file
}

const open = async (zip: Uint8Array) => openZip(fileOf(zip), 'corpus.zip')

/** What its members hold, by name. */
async function contentOf(zip: Uint8Array): Promise<[string, string][]> {
  const { sources } = await open(zip)
  return Promise.all(sources.map(async (source): Promise<[string, string]> => [source.name, await textOf(source)]))
}

const outcomeOf = (zip: Uint8Array): Promise<unknown> => contentOf(zip).catch((error: unknown) => String(error))

const flag = { encrypted: [1, 0], strong: [0x41, 0] }
const offsets = { flags: 8, method: 10, crc32: 16, packedSize: 20, size: 24, name: 46, madeBy: 4, attributes: 38 }

describe('a zip archive', () => {
  it('gives its members in its order, under its name', async () => {
    const zip = await zipOf({ 'b/train.json': '[1]', 'a.txt': 'Ada', 'b/': '', 'b/Übung 中文.txt': 'text', empty: '' })
    expect(await contentOf(zip)).toEqual([
      ['corpus.zip/b/train.json', '[1]'],
      ['corpus.zip/a.txt', 'Ada'],
      ['corpus.zip/b/Übung 中文.txt', 'text'],
      ['corpus.zip/empty', ''],
    ])
  })

  it('gives any bytes as they were put into it, deflated, stored and in the large format', async () => {
    const content = fc.dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.uint8Array({ maxLength: 3000 }), { minKeys: 1 })
    await fc.assert(
      fc.asyncProperty(content, fc.boolean(), fc.boolean(), async (files, compress, zip64) => {
        const { sources } = await open(await zipOf(files, { compress, zip64 }))
        const read = sources.map(async (source) => [source.name.slice('corpus.zip/'.length), await bytesOf(source)])
        expect(await Promise.all(read)).toEqual(Object.entries(files))
        expect(sources.map(({ size }) => size)).toEqual(Object.values(files).map(({ length }) => length))
      }),
      { numRuns: 30 },
    )
  })

  it('finds what lies beside a member in the same folder of the archive, also configuration that is not read by itself', async () => {
    const { sources } = await open(
      await zipOf({
        'a/doc.txt': 'one',
        'a/doc.ann': 'T1',
        'a/annotation.conf': '[entities]',
        'b/doc.ann': 'other',
        top: '',
      }),
    )
    const [doc] = sources
    expect(await textOf(doc?.beside('doc.ann') ?? null)).toBe('T1')
    expect(await textOf(doc?.beside('annotation.conf') ?? null)).toBe('[entities]')
    for (const name of ['../b/doc.ann', 'top', '..', '', 'a/doc.ann', '/etc/passwd'])
      expect(doc?.beside(name)).toBeNull()
  })

  it('unpacks members that are packed by themselves', async () => {
    expect(await contentOf(await zipOf({ 'a.json.gz': gzipSync('[]') }))).toEqual([['corpus.zip/a.json.gz', '[]']])
  })

  it('counts what it leaves out, and names archives inside', async () => {
    const { sources, leftOut } = await open(
      await zipOf({
        ...{ '__MACOSX/._a.txt': 'x', '.DS_Store': 'x', 'a/.hidden/b.txt': 'x', 'a.txt': 'Ada', 'inner.zip': 'PK' },
        ...{ 'more.tar.gz': 'x', 'photo.PNG': 'x', 'notes.docx': 'x', 'annotation.conf': 'x' },
      }),
    )
    expect(sources.map(({ name }) => name)).toEqual(['corpus.zip/a.txt'])
    expect(leftOut.map(({ kind, count, names }) => [kind, count, names[0]])).toEqual([
      ['hidden files', 3, 'corpus.zip/__MACOSX/._a.txt'],
      ['archives inside an archive', 2, 'corpus.zip/inner.zip'],
      ['pictures, sounds and films', 1, 'corpus.zip/photo.PNG'],
      ['Office and PDF documents', 1, 'corpus.zip/notes.docx'],
      ['configuration files', 1, 'corpus.zip/annotation.conf'],
    ])
  })

  it('does not follow an archive inside that has another name', async () => {
    expect(await outcomeOf(await zipOf({ 'a.txt': await zipOf({ 'b.txt': 'x' }) }))).toMatch(
      'corpus.zip/a.txt is a zip archive',
    )
  })

  it('leaves links out, whose content is a path', async () => {
    const link = patchEntries(await zipOf({ 'passwd.txt': '/etc/passwd' }), offsets.attributes, [0, 0, 0xff, 0xa1])
    const { sources, leftOut } = await open(patchEntries(link, offsets.madeBy, [63, 3]))
    expect([sources, leftOut]).toEqual([[], [{ kind: 'links', count: 1, names: ['corpus.zip/passwd.txt'] }]])
  })

  it.runIf(spawnSync('zip', ['-v']).status === 0)('that another program made is read', async () => {
    const folder = temporaryFolder()
    writeFileSync(path.join(folder, 'a.txt'), 'Ada '.repeat(1000))
    expect(spawnSync('zip', ['-q', 'made.zip', 'a.txt'], { cwd: folder }).status).toBe(0)
    const { sources } = await openZip(path.join(folder, 'made.zip'), 'made.zip')
    expect(await textOf(sources[0] ?? null)).toBe('Ada '.repeat(1000))
  })
})

describe('a hostile or damaged archive', () => {
  it.each(['../evil.txt', '/a/evil.txt', 'a/../evil.tx', '..\\evil.txt', 'C:/evil.txt', 'a\\..\\..\\b.tx'])(
    'is refused whole for a member called %s, and nothing is written',
    async (name) => {
      const harmless = 'x'.repeat(name.length)
      const zip = renameEntries(await zipOf({ [harmless]: 'evil', 'good.txt': 'x' }), harmless, name)
      const file = fileOf(zip)
      await expect(openZip(file, 'corpus.zip')).rejects.toThrow(
        `corpus.zip has a member called "${name.replaceAll('\\', '/')}", which leads out of the archive`,
      )
      expect(readdirSync(path.dirname(file))).toEqual(['corpus.zip'])
    },
  )

  it('is refused by the name of a member that is encrypted', async () => {
    const zip = await zipOf({ 'a/secret.txt': 'x' })
    expect(await outcomeOf(patchEntries(zip, offsets.flags, flag.encrypted))).toMatch(
      'corpus.zip/a/secret.txt is encrypted. Unpack the archive with its password, and name the folder.',
    )
    expect(await outcomeOf(patchEntries(zip, offsets.flags, flag.strong))).toMatch(/corpus.zip.* encryption/)
  })

  it('is refused by the name of a member of an unknown method', async () => {
    const zip = await zipOf({ 'a.txt': 'x' })
    expect(await outcomeOf(patchEntries(zip, offsets.method, [14, 0]))).toMatch(
      'corpus.zip/a.txt is compressed by LZMA',
    )
    expect(await outcomeOf(patchEntries(zip, offsets.method, [77, 0]))).toMatch('compressed by method 77')
  })

  it('is refused when a member is longer or shorter than it says, or has another sum', async () => {
    const zip = await zipOf({ 'a.txt': 'Ada wrote the first program. '.repeat(99) })
    const damaged = 'corpus.zip/a.txt is damaged: its bytes are not those that were put into the archive.'
    expect(await outcomeOf(patchEntries(zip, offsets.size, [9, 0, 0, 0]))).toMatch(damaged)
    expect(await outcomeOf(patchEntries(zip, offsets.size, [0, 0, 1, 0]))).toMatch(damaged)
    expect(await outcomeOf(patchEntries(zip, offsets.crc32, [1, 2, 3, 4]))).toMatch(damaged)
    expect(await outcomeOf(patchEntries(zip, offsets.packedSize, [9, 0, 0, 0]))).toMatch(
      'corpus.zip/a.txt is cut short',
    )
    expect(await outcomeOf(patchEntries(zip, offsets.packedSize, [0, 0, 0, 9]))).toMatch('is no whole zip archive')
  })

  it('is refused when two members have one name', async () => {
    const zip = renameEntries(await zipOf({ 'a.txt': 'x', 'b.txt': 'y' }), 'b.txt', 'a.txt')
    expect(await outcomeOf(zip)).toMatch('corpus.zip has two members called "a.txt"')
  })

  it('is refused wherever it is cut', async () => {
    const zip = await zipOf({ 'a.txt': 'Ada wrote the first program.', 'b.txt': 'Grace' })
    for (let length = 4; length < zip.length; length++)
      expect(await outcomeOf(zip.subarray(0, length)), String(length)).toMatch('corpus.zip is no whole zip archive')
  })

  it('gives what it held or an error, whichever of its bits was turned', async () => {
    const zip = await zipOf({ 'a.txt': 'Ada wrote the first program.', 'b.txt': 'Grace' })
    const texts = (await contentOf(zip)).map(([, text]) => text)
    for (let bit = 0; bit < zip.length * 8; bit += 3) {
      const bytes = Buffer.from(zip)
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const outcome = await outcomeOf(bytes)
      if (typeof outcome === 'string') expect(outcome).toMatch(/^AppError: .*corpus\.zip/)
      else for (const [, text] of outcome as [string, string][]) expect(texts).toContain(text)
    }
  })

  it('that unpacks to more than a thousand times its size is refused before it is read', async () => {
    const content: ZipContent = { 'zeros.txt': Buffer.alloc(120e6) }
    expect(await outcomeOf(await zipOf(content))).toMatch('corpus.zip unpacks to more than 1000 times its size')
  })

  it('that hides how much it unpacks to is refused by its member', async () => {
    const zip = patchEntries(await zipOf({ 'zeros.txt': Buffer.alloc(120e6) }), offsets.size, [0, 0, 0, 1])
    expect(await outcomeOf(zip)).toMatch('corpus.zip/zeros.txt is damaged')
  })

  it('that changes after it was listed is refused', async () => {
    const file = fileOf(await zipOf({ 'a.txt': 'x' }))
    const { sources } = await openZip(file, 'corpus.zip')
    appendFileSync(file, 'x')
    await expect(textOf(sources[0] ?? null)).rejects.toThrow('corpus.zip changed while it was read')
  })

  it('stops when it is told to, or when nobody reads on', async () => {
    const file = fileOf(await zipOf({ 'a.txt': Buffer.alloc(5e6, 'some text '), 'b.txt': 'x' }))
    const { sources } = await openZip(file)
    const [source] = sources
    if (!source) throw new Error('no member')
    await expect(openZip(file, file, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' })
    await expect(bytesOf(source, AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' })
    expect((await firstPieceOf(source)).length).toBeGreaterThan(0)
    if (process.platform === 'linux')
      await expect.poll(() => spawnSync('ls', ['-l', `/proc/${process.pid}/fd`]).stdout.toString()).not.toContain(file)
  })
})
