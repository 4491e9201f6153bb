/** Files, folders, patterns, packs and archives become the list of sources that a person means. */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { expand, expandFile } from '#main/files/expand'
import { naturalKey } from '#main/files/natural-order'
import { createTally } from '#main/files/left-out'
import { walkFolder } from '#main/files/walk'
import { bytesOf, textOf } from '../support/sources.ts'
import { temporaryFolder } from '../support/temporary-workspace.ts'
import { zipOf } from '../support/zip-file.ts'

const onWindows = process.platform === 'win32'

/** A folder with these files; a name that ends in a slash is a folder. */
function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = temporaryFolder()
  for (const [name, content] of Object.entries(files)) {
    const place = path.join(folder, name)
    mkdirSync(name.endsWith('/') ? place : path.dirname(place), { recursive: true })
    if (!name.endsWith('/')) writeFileSync(place, content)
  }
  return folder
}

/** The names that something means, without the folder. */
async function namesOf(folder: string, ...named: readonly string[]): Promise<string[]> {
  const { sources } = await expand(named.map((name) => path.join(folder, name)))
  return sources.map(({ name }) => path.relative(folder, name).split(path.sep).join('/'))
}

const outcomeOf = (folder: string, ...named: readonly string[]): Promise<unknown> =>
  namesOf(folder, ...named).catch((error: unknown) => String(error).replaceAll(folder, 'FOLDER'))

describe('a file that is named', () => {
  it('is one source, unpacked where it is packed, and its members where it is an archive, by its content', async () => {
    const folder = folderOf({
      ...{ 'a.json': '[1]', 'a.json.gz': gzipSync('[2]'), 'b.txt': zstdCompressSync('three') },
      ...{ 'c.zip': await zipOf({ 'x.txt': 'four', 'y/z.txt': 'five' }), 'd.dat': await zipOf({ 'w.txt': 'six' }) },
    })
    const names = ['a.json', 'a.json.gz', 'b.txt', 'c.zip', 'd.dat']
    const { sources } = await expand(names.map((name) => path.join(folder, name)))
    expect(await Promise.all(sources.map(textOf))).toEqual(['[1]', '[2]', 'three', 'four', 'five', 'six'])
    expect(await namesOf(folder, ...names)).toEqual([
      ...['a.json', 'a.json.gz', 'b.txt', 'c.zip/x.txt', 'c.zip/y/z.txt', 'd.dat/w.txt'],
    ])
  })

  it('may be one that a folder would hide', async () => {
    const folder = folderOf({ '.hidden.json': '[]', 'annotation.conf': 'x' })
    expect(await namesOf(folder, '.hidden.json', 'annotation.conf')).toEqual(['.hidden.json', 'annotation.conf'])
  })

  it('may have characters of patterns in its name', async () => {
    const folder = folderOf({ 'corpus[1].json': 'x', 'corpus1.json': 'y' })
    expect(await namesOf(folder, 'corpus[1].json')).toEqual(['corpus[1].json'])
  })

  it('twice, by a link or by its folder too, is read once', async () => {
    const folder = folderOf({ 'a.txt': 'x', 'b.txt': 'y' })
    expect(await namesOf(folder, 'b.txt', 'a.txt', 'b.txt', '.')).toEqual(['b.txt', 'a.txt'])
    if (onWindows) return
    symlinkSync('a.txt', path.join(folder, '0-link.txt'))
    expect(await namesOf(folder, '.')).toEqual(['a.txt', 'b.txt'])
    expect(await namesOf(folder, '0-link.txt')).toEqual(['0-link.txt'])
  })

  it('is refused by its name when it is missing or a document', async () => {
    const folder = folderOf({
      'thesis.docx': await zipOf({ 'word/document.xml': '<xml/>' }),
      'empty.zip': await zipOf({}),
    })
    expect(await outcomeOf(folder, 'none.json')).toBe(
      'AppError: FOLDER/none.json cannot be read: it does not exist. Check the path.',
    )
    expect(await outcomeOf(folder, 'thesis.docx')).toMatch('FOLDER/thesis.docx is an Office or PDF document.')
    expect(await outcomeOf(folder, 'empty.zip')).toMatch('FOLDER/empty.zip has no file to read. Nothing is there.')
  })

  it('keeps a name that messages use instead of its path', async () => {
    const folder = folderOf({ f7a1: await zipOf({ 'a.txt': 'x' }) })
    const { sources } = await expandFile(path.join(folder, 'f7a1'), 'corpus.zip')
    expect(sources.map(({ name }) => name)).toEqual(['corpus.zip/a.txt'])
  })
})

describe('a folder', () => {
  it('is walked in natural order of names, folders and files together', async () => {
    const folder = folderOf({
      'doc-10.txt': '',
      'doc-2.txt': '',
      'Doc-1.txt': '',
      'doc-3/b10.txt': '',
      'doc-3/b9.txt': '',
    })
    expect(await namesOf(folder, '.')).toEqual([
      ...['Doc-1.txt', 'doc-2.txt', 'doc-3/b9.txt', 'doc-3/b10.txt', 'doc-10.txt'],
    ])
  })

  it('has packs and archives unpacked, and other archives counted', async () => {
    const zip = await zipOf({ 'x.txt': 'four', 'pic.png': 'x' })
    const folder = folderOf({ 'a.jsonl.gz': gzipSync('[2]'), 'b.zip': zip, 'c.tar.gz': 'x', 'd.7z': 'x' })
    expect(await namesOf(folder, '.')).toEqual(['a.jsonl.gz', 'b.zip/x.txt'])
    const { leftOut, sources } = await expand([folder])
    expect(await textOf(sources[0] ?? null)).toBe('[2]')
    expect(leftOut.map(({ kind, count }) => [kind, count])).toEqual([
      ['pictures, sounds and films', 1],
      ['archives other than .zip', 2],
    ])
  })

  it('has hidden files, configuration, documents and pictures left out and counted, with their names', async () => {
    const folder = folderOf({
      ...{ '.git/config': 'x', '.DS_Store': 'x', '~$x.docx': 'x', 'x.docx': 'x', 'y.pdf': 'x', 'a.txt': 'x' },
      ...{ 'annotation.conf': 'x', 'sub/visual.conf': 'x', 'Thumbs.db': 'x', 'p.jpeg': 'x' },
    })
    const { leftOut } = await expand([folder])
    expect(Object.fromEntries(leftOut.map(({ kind, count }) => [kind, count]))).toEqual({
      ...{
        'hidden files': 4,
        'Office and PDF documents': 2,
        'configuration files': 2,
        'pictures, sounds and films': 1,
      },
    })
    expect(leftOut.find(({ kind }) => kind === 'configuration files')?.names).toEqual([
      path.join(folder, 'annotation.conf'),
      path.join(folder, 'sub', 'visual.conf'),
    ])
  })

  it('in which nothing is read is refused, with what it holds', async () => {
    expect(await outcomeOf(folderOf({}), '.')).toMatch('FOLDER has no file to read. Nothing is there.')
    expect(await outcomeOf(folderOf({ 'a.pdf': '', 'b.pdf': '' }), '.')).toMatch(
      'It holds only what is not read: 2 Office and PDF documents such as FOLDER/a.pdf.',
    )
  })

  it.skipIf(onWindows)('is read once, however its links lead', async () => {
    const folder = folderOf({ 'sub/a.txt': 'x', 'sub/deep/b.txt': 'y' })
    symlinkSync('..', path.join(folder, 'sub', 'loop'))
    symlinkSync('sub', path.join(folder, 'again'))
    symlinkSync('nowhere', path.join(folder, 'broken'))
    symlinkSync('self', path.join(folder, 'self'))
    expect(spawnSync('mkfifo', [path.join(folder, 'pipe')]).status).toBe(0)
    const { sources, leftOut } = await expand([folder])
    expect(sources.map(({ name }) => path.basename(name)).sort()).toEqual(['a.txt', 'b.txt'])
    expect(leftOut.map(({ kind, count }) => [kind, count])).toEqual([
      ['links to nothing', 2],
      ['pipes, sockets and devices', 1],
    ])
  })

  it.skipIf(onWindows)('whose files are links into a hidden folder is read through them', async () => {
    const folder = folderOf({ '.store/1': 'one' })
    symlinkSync('.store/1', path.join(folder, 'a.txt'))
    expect(await namesOf(folder, '.')).toEqual(['a.txt'])
  })

  it('that changes while it is walked is refused by the file that went away', async () => {
    const names = Array.from({ length: 600 }, (_, at) => `doc-${at}.txt`)
    const folder = folderOf(Object.fromEntries(names.map((name) => [name, ''])))
    const walk = async (): Promise<void> => {
      const walked = { tally: createTally(), walked: new Set<string>(), signal: undefined }
      for await (const { name } of walkFolder({ path: folder, name: 'corpus' }, walked))
        if (name.endsWith('doc-0.txt')) rmSync(path.join(folder, 'doc-599.txt'))
    }
    await expect(walk()).rejects.toThrow(
      `${path.join('corpus', 'doc-599.txt')} cannot be read: it went away while corpus was read. Wait until no other program changes the folder`,
    )
  })

  it('is listed without opening its files, and each may change until it is read', async () => {
    const folder = folderOf({ 'a.txt': 'old', 'b.txt': 'x' })
    const { sources } = await expand([folder])
    writeFileSync(path.join(folder, 'a.txt'), 'newer')
    rmSync(path.join(folder, 'b.txt'))
    expect(await textOf(sources[0] ?? null)).toBe('newer')
    await expect(textOf(sources[1] ?? null)).rejects.toThrow('b.txt cannot be read: it does not exist')
  })

  it.skipIf(onWindows || process.getuid?.() === 0)('names what this user may not read', async () => {
    const folder = folderOf({ 'locked/a.txt': 'x', 'b.txt': 'x' })
    chmodSync(path.join(folder, 'locked'), 0)
    onTestFinished(() => chmodSync(path.join(folder, 'locked'), 0o700))
    expect(await outcomeOf(folder, '.')).toMatch('FOLDER/locked cannot be read: this user may not read it.')
  })

  it('of ten thousand files is listed in order', async () => {
    const names = Array.from({ length: 10_000 }, (_, at) => `doc-${(at * 7919) % 10_000}.txt`)
    const folder = folderOf(Object.fromEntries(names.map((name) => [name, ''])))
    expect(await namesOf(folder, '.')).toEqual(Array.from({ length: 10_000 }, (_, at) => `doc-${at}.txt`))
  })

  it('is no longer walked when it is told to stop', async () => {
    await expect(expand([folderOf({ 'a.txt': '' })], AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' })
  })
})

describe('a pattern', () => {
  const files = {
    'a1.json': '',
    'a10.json': '',
    'a2.json': '',
    'b.txt': '',
    'sub/a3.json': '',
    'sub/deep/a4.json': '',
    '.h.json': '',
  }

  it.each([
    ['*.json', ['a1.json', 'a2.json', 'a10.json']],
    ['a?.json', ['a1.json', 'a2.json']],
    ['a[2-9].json', ['a2.json']],
    ['**/*.json', ['a1.json', 'a2.json', 'a10.json', 'sub/a3.json', 'sub/deep/a4.json']],
    ['{b,a1}.*', ['a1.json', 'b.txt']],
    ['*', ['a1.json', 'a2.json', 'a10.json', 'b.txt']],
    ['sub/*/*.json', ['sub/deep/a4.json']],
  ])('%s means the files that match, in natural order', async (pattern, expected) => {
    expect(await namesOf(folderOf(files), pattern)).toEqual(expected)
  })

  it('that matches nothing is refused', async () => {
    expect(await outcomeOf(folderOf(files), '*.xml')).toBe(
      'AppError: FOLDER/*.xml has no file to read. Nothing is there. Check the path, or name other files.',
    )
  })

  it.skipIf(onWindows)('is not led in a circle by links', async () => {
    const folder = folderOf({ 'sub/a.txt': 'x' })
    symlinkSync('..', path.join(folder, 'sub', 'loop'))
    expect(await namesOf(folder, '**/*.txt')).toEqual(['sub/a.txt'])
  })
})

describe('natural order', () => {
  it('is an order of all names, in which equal numbers stand together', () => {
    const sorted = (names: string[]): string[] =>
      names.sort((one, other) => (naturalKey(one) < naturalKey(other) ? -1 : 1))
    expect(sorted(['x10', 'x9', 'X1', 'x09', 'y'])).toEqual(['X1', 'x09', 'x9', 'x10', 'y'])
    fc.assert(
      fc.property(fc.uniqueArray(fc.string(), { maxLength: 8 }), (names) => {
        expect(sorted([...names].reverse())).toEqual(sorted([...names]))
      }),
    )
  })
})

it('any files come out of a folder, a pack and an archive as they went in', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 5000 }), async (bytes) => {
      const folder = folderOf({
        ...{ '1.bin': bytes, '2.bin.gz': gzipSync(bytes), '3.bin.zst': zstdCompressSync(bytes) },
        ...{ '4.zip': await zipOf({ x: bytes, y: gzipSync(bytes) }) },
      })
      const { sources } = await expand([folder])
      expect(await Promise.all(sources.map((source) => bytesOf(source)))).toEqual([bytes, bytes, bytes, bytes, bytes])
    }),
    { numRuns: 25 },
  )
})
