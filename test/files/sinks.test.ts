/** Exports are published whole under their names, or not at all; what is there already is never replaced in silence. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { PassThrough, Writable } from 'node:stream'
import { buffer, text } from 'node:stream/consumers'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openFileSink } from '#main/files/file-sink'
import { openFolderSink } from '#main/files/folder-sink'
import { openMemorySink } from '#main/files/memory-sink'
import { createPartFile, OpenFiles } from '#main/files/part-file'
import { openStreamSink } from '#main/files/stream-sink'
import { openZipSink } from '#main/files/zip-sink'
import { openZip } from '#main/files/zip'
import { textOf } from '../support/sources.ts'
import { temporaryFolder } from '../support/temporary-workspace.ts'

const onWindows = process.platform === 'win32'
const read = (...parts: readonly string[]): string => readFileSync(path.join(...parts), 'utf8')

/** What a folder holds, by name. */
const contentOf = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map((name) => [name, read(folder, name)]),
  )

const wellFormed = fc.string({ unit: 'grapheme', maxLength: 50 })

describe('an export to a file', () => {
  it('holds what was written, in any parts, once it is finished and not before', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(wellFormed), async (parts) => {
        const folder = temporaryFolder()
        const { sink, finish } = await openFileSink(path.join(folder, 'out.jsonl'))
        for (const part of parts) await sink.write(part)
        expect(existsSync(path.join(folder, 'out.jsonl'))).toBe(false)
        await finish()
        expect(contentOf(folder)).toEqual({ 'out.jsonl': parts.join('') })
      }),
      { numRuns: 25 },
    )
  })

  it('keeps characters whole whose halves were written apart, at whatever length', async () => {
    for (const length of [0, 2 ** 16 - 2, 2 ** 16 - 1, 2 ** 16]) {
      const folder = temporaryFolder()
      const { sink, finish } = await openFileSink(path.join(folder, 'out'))
      for (const part of ['x'.repeat(length), '\ud83d', '\ude42', 'y']) await sink.write(part)
      await finish()
      expect(read(folder, 'out')).toBe(`${'x'.repeat(length)}🙂y`)
    }
  })

  it('replaces nothing unless it is told to', async () => {
    const folder = temporaryFolder()
    const file = path.join(folder, 'out.jsonl')
    writeFileSync(file, 'old')
    await expect(openFileSink(file)).rejects.toThrow(`${file} is there already. Choose another name, or say`)
    expect(contentOf(folder)).toEqual({ 'out.jsonl': 'old' })
    const { sink, finish } = await openFileSink(file, { replace: true })
    await sink.write('new')
    expect(read(file)).toBe('old')
    await finish()
    expect(contentOf(folder)).toEqual({ 'out.jsonl': 'new' })
  })

  it('leaves nothing when it is abandoned', async () => {
    const folder = temporaryFolder()
    const { sink, abandon } = await openFileSink(path.join(folder, 'out'))
    await sink.write('x'.repeat(200_000))
    await sink.beside('other').write('x')
    await abandon()
    expect(readdirSync(folder)).toEqual([])
  })

  it('is refused at the beginning when its folder is missing, or it is a folder', async () => {
    const folder = temporaryFolder()
    const missing = path.join(folder, 'no', 'out')
    await expect(openFileSink(missing)).rejects.toThrow(
      `${missing} cannot be written: the folder ${path.join(folder, 'no')} does not exist. Make it, or choose another place.`,
    )
    await expect(openFileSink(folder, { replace: true })).rejects.toThrow(
      `${folder} is a folder. Name a file to write to.`,
    )
    writeFileSync(path.join(folder, 'file'), '')
    await expect(openFileSink(path.join(folder, 'file', 'out'))).rejects.toThrow('is not a folder')
  })

  it('has its other files published with it', async () => {
    const folder = temporaryFolder()
    const { sink, finish } = await openFileSink(path.join(folder, 'train.json'))
    await sink.write('[]')
    await sink.beside('types.json').write('{')
    await sink.beside('empty.ann').beside('types.json').write('}')
    await sink.beside('types.json').beside('train.json').write('\n')
    expect(readdirSync(folder).filter((name) => !name.endsWith('.part'))).toEqual([])
    await finish()
    expect(contentOf(folder)).toEqual({ 'empty.ann': '', 'train.json': '[]\n', 'types.json': '{}' })
  })

  it('has no files elsewhere', async () => {
    const { sink, abandon } = await openFileSink(path.join(temporaryFolder(), 'out'))
    for (const name of ['../x', '..', '', 'a/b', 'a\\b', '/etc/x'])
      expect(() => sink.beside(name)).toThrow('cannot be the name of a file')
    await abandon()
  })

  it('publishes none of its files when one cannot be', async () => {
    const folder = temporaryFolder()
    const { sink, finish } = await openFileSink(path.join(folder, 'a'))
    await sink.write('a')
    await sink.beside('b').write('b')
    await sink.beside('c').write('c')
    writeFileSync(path.join(folder, 'b'), 'of somebody else')
    await expect(finish()).rejects.toThrow(`${path.join(folder, 'b')} is there already`)
    expect(contentOf(folder)).toEqual({ b: 'of somebody else' })
  })

  it('puts back what it replaced when a later file cannot be published', async () => {
    const folder = temporaryFolder()
    writeFileSync(path.join(folder, 'a'), 'old a')
    const { sink, finish } = await openFileSink(path.join(folder, 'a'), { replace: true })
    await sink.write('new a')
    await sink.beside('b').write('new b')
    mkdirSync(path.join(folder, 'b'))
    await expect(finish()).rejects.toThrow(`${path.join(folder, 'b')} cannot be written`)
    expect(readdirSync(folder).sort()).toEqual(['a', 'b'])
    expect(read(folder, 'a')).toBe('old a')
  })

  it('may have more files than can be open at once', async () => {
    const folder = temporaryFolder()
    const { sink, finish } = await openFileSink(path.join(folder, 'doc-0'))
    for (let time = 0; time < 2; time++)
      for (let at = 0; at < 300; at++) await sink.beside(`doc-${at}`).write('x'.repeat(70_000))
    if (process.platform === 'linux') expect(readdirSync('/proc/self/fd').length).toBeLessThan(200)
    await finish()
    expect(readdirSync(folder)).toHaveLength(300)
    for (let at = 0; at < 300; at += 50) expect(read(folder, `doc-${at}`)).toHaveLength(140_000)
  })

  it('of one process does not disturb another to the same place', async () => {
    const folder = temporaryFolder()
    const opened = await Promise.all(
      ['one', 'other'].map(() => openFileSink(path.join(folder, 'out'), { replace: true })),
    )
    for (const [at, { sink }] of opened.entries()) await sink.write(`${at}`.repeat(100_000))
    for (const { finish } of opened) await finish()
    expect(contentOf(folder)).toEqual({ out: '1'.repeat(100_000) })
  })

  it.skipIf(onWindows)(
    'keeps the mode of what it replaces and the mask of the person, and a link stays a link',
    async () => {
      const folder = temporaryFolder()
      const [file, link, fresh] = ['file', 'link', 'fresh'].map((name) => path.join(folder, name)) as [
        string,
        string,
        string,
      ]
      writeFileSync(file, 'old')
      chmodSync(file, 0o640)
      symlinkSync(file, link)
      for (const place of [link, fresh]) {
        const { sink, finish } = await openFileSink(place, { replace: true })
        await sink.write('new')
        await finish()
      }
      expect([read(file), statSync(file).mode & 0o777, lstatSync(link).isSymbolicLink()]).toEqual(['new', 0o640, true])
      expect(statSync(fresh).mode & 0o777).toBe(0o666 & ~process.umask())
    },
  )

  it.skipIf(onWindows)('stops when nobody reads the pipe any more, and tells that apart from a failure', async () => {
    const pipe = path.join(temporaryFolder(), 'pipe')
    expect(spawnSync('mkfifo', [pipe]).status).toBe(0)
    const reader = spawn('head', ['-c', '1', pipe], { stdio: 'ignore' })
    const { sink, finish, abandon } = await openFileSink(pipe)
    const write = async (): Promise<void> => {
      for (;;) await sink.write('x'.repeat(100_000))
    }
    await expect(write()).rejects.toMatchObject({ code: 'cancelled', details: 'reader left' })
    await expect(finish()).rejects.toMatchObject({ details: 'reader left' })
    await abandon()
    if (reader.exitCode === null) await once(reader, 'exit')
  })

  it.skipIf(onWindows)('goes through a pipe where one is named', async () => {
    const pipe = path.join(temporaryFolder(), 'pipe')
    expect(spawnSync('mkfifo', [pipe]).status).toBe(0)
    const write = async (): Promise<void> => {
      const { sink, finish } = await openFileSink(pipe)
      for (let at = 0; at < 50; at++) await sink.write(`${'x'.repeat(9999)}\n`)
      await finish()
    }
    const [heard] = await Promise.all([readFile(pipe, 'utf8'), write()])
    expect(heard).toBe(`${'x'.repeat(9999)}\n`.repeat(50))
  })

  it.runIf(existsSync('/dev/full'))('is refused by name when the disk is full', async () => {
    const sentence = 'cannot be written: the disk is full. Free some space, or choose another place.'
    const part = createPartFile('/dev/full', 'corpus.jsonl', 0o600, new OpenFiles())
    await expect(part.write('x'.repeat(100_000))).rejects.toThrow(`corpus.jsonl ${sentence}`)
    const { sink, finish } = await openFileSink('/dev/full', { replace: true })
    const write = async (): Promise<void> => {
      for (let at = 0; at < 100; at++) await sink.write('x'.repeat(10_000))
      await finish()
    }
    await expect(write()).rejects.toThrow(`/dev/full ${sentence}`)
  })
})

describe('an export to a folder', () => {
  const fill = async (folder: string, replace = false): Promise<void> => {
    const { sink, finish } = await openFolderSink(folder, { replace })
    await sink.beside('a.txt').write('Ada')
    await sink.beside('a.ann').write('T1')
    await finish()
  }
  const filled = { 'a.ann': 'T1', 'a.txt': 'Ada' }

  it('is there when it is finished, with all its files', async () => {
    const folder = temporaryFolder()
    const { sink, finish } = await openFolderSink(`${path.join(folder, 'out')}${path.sep}`)
    await sink.beside('a.txt').write('Ada')
    expect(existsSync(path.join(folder, 'out'))).toBe(false)
    await finish()
    expect(readdirSync(folder)).toEqual(['out'])
    expect(contentOf(path.join(folder, 'out'))).toEqual({ 'a.txt': 'Ada' })
  })

  it('takes the place of an empty folder, and of another one only when it is told to', async () => {
    const folder = temporaryFolder()
    const out = path.join(folder, 'out')
    mkdirSync(out)
    await fill(out)
    expect(contentOf(out)).toEqual(filled)
    writeFileSync(path.join(out, 'thesis.tex'), 'precious')
    await expect(fill(out)).rejects.toThrow(`${out} is there already`)
    expect(contentOf(out)).toEqual({ ...filled, 'thesis.tex': 'precious' })
    await fill(out, true)
    expect(contentOf(out)).toEqual(filled)
    expect(readdirSync(folder)).toEqual(['out'])
  })

  it('leaves nothing when it is abandoned, or its place was taken meanwhile', async () => {
    const folder = temporaryFolder()
    const out = path.join(folder, 'out')
    const abandoned = await openFolderSink(out)
    await abandoned.sink.beside('a').write('x')
    await abandoned.abandon()
    expect(readdirSync(folder)).toEqual([])
    const late = await openFolderSink(out)
    await late.sink.beside('a').write('x')
    writeFileSync(out, 'of somebody else')
    await expect(late.finish()).rejects.toThrow(`${out} is there already`)
    expect(contentOf(folder)).toEqual({ out: 'of somebody else' })
  })

  it('is refused at the beginning when the folder above is missing', async () => {
    await expect(openFolderSink(path.join(temporaryFolder(), 'no', 'out'))).rejects.toThrow('does not exist. Make it')
  })
})

describe('an export to a zip archive', () => {
  it('has its files in natural order, though they were written in turns', async () => {
    const out = new PassThrough()
    const [zip] = await Promise.all([
      buffer(out),
      (async () => {
        const { sink, finish } = await openZipSink(out, 'corpus.zip')
        for (let time = 0; time < 3; time++)
          for (const name of ['doc-10.txt', 'doc-9.txt'])
            await sink.beside(name).write(`${name} ${'Ж'.repeat(50_000)}\n`)
        await finish()
      })(),
    ])
    const file = path.join(temporaryFolder(), 'corpus.zip')
    writeFileSync(file, zip)
    const { sources } = await openZip(file, 'corpus.zip')
    expect(sources.map(({ name }) => name)).toEqual(['corpus.zip/doc-9.txt', 'corpus.zip/doc-10.txt'])
    expect(await textOf(sources[1] ?? null)).toBe(`doc-10.txt ${'Ж'.repeat(50_000)}\n`.repeat(3))
  })

  it('fails when nobody takes it', async () => {
    const out = new PassThrough()
    const { sink, finish } = await openZipSink(out, 'corpus.zip')
    await sink.beside('a').write('x')
    out.destroy()
    await expect(finish()).rejects.toThrow()
  })
})

describe('an export to a stream', () => {
  it('waits for its reader', async () => {
    let taken = 0
    const slow = new Writable({
      highWaterMark: 10,
      write(_, __, done) {
        taken++
        setImmediate(done)
      },
    })
    const { sink, finish } = openStreamSink(slow, 'standard output')
    for (let at = 0; at < 20; at++) {
      await sink.write('x'.repeat(11))
      expect(taken).toBe(at + 1)
      expect(slow.writableLength).toBe(0)
    }
    await finish()
  })

  it('goes nowhere, and says so, when its reader left', async () => {
    const out = new PassThrough()
    const { sink, finish, readerLeft } = openStreamSink(out, 'standard output')
    await sink.write('x')
    expect(readerLeft.aborted).toBe(false)
    out.destroy()
    await expect.poll(() => readerLeft.aborted).toBe(true)
    await sink.write('x'.repeat(1e6))
    await finish()
  })

  it.skipIf(onWindows)('ends quietly after the first lines when "head" reads it', async () => {
    const source = `
      const { openStreamSink } = await import('#main/files/stream-sink')
      const { sink, finish, readerLeft } = openStreamSink(process.stdout, 'standard output')
      let written = 0
      while (!readerLeft.aborted) { await sink.write('line ' + written + '\\n'.repeat(1)); written++ }
      await finish()
      process.stderr.write('left')`
    const command = `'${process.execPath}' --input-type=module --eval "$SOURCE" | head -n 2`
    const shell = spawn('bash', ['-c', command], { env: { ...process.env, SOURCE: source } })
    expect(await Promise.all([text(shell.stdout), text(shell.stderr)])).toEqual(['line 0\nline 1\n', 'left'])
  })

  it('has one file', () => {
    const { sink } = openStreamSink(new PassThrough(), 'standard output')
    expect(() => sink.beside('types.json')).toThrow('standard output takes one file, and this export has several')
  })
})

it('an export into memory gives its files by name', async () => {
  const { sink, files } = openMemorySink('train.json')
  await sink.write('[')
  await sink.beside('types.json').write('{}')
  await sink.write(']')
  expect(files()).toEqual({ 'train.json': '[]', 'types.json': '{}' })
})
