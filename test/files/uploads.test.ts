/** Files that a browser sends in pieces: whole whatever happens on the way, private, bounded by the disk, and cleaned away. */
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { UploadState } from '#main/files/upload'
import { createUploads, type UploadOptions, type Uploads } from '#main/files/uploads'
import { bytesOf, textOf } from '../support/sources.ts'
import { temporaryFolder } from '../support/temporary-workspace.ts'
import { zipOf } from '../support/zip-file.ts'

const dayMs = 24 * 3_600_000

async function open(options: Partial<UploadOptions> = {}): Promise<Uploads & { readonly folder: string }> {
  const folder = options.folder ?? path.join(temporaryFolder(), 'incoming')
  const uploads = createUploads({ ...options, folder })
  await uploads.restore()
  onTestFinished(() => uploads.close())
  return { ...uploads, folder }
}

async function* pieces(...parts: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield typeof part === 'string' ? new TextEncoder().encode(part) : part
  await Promise.resolve()
}

async function sendWhole(uploads: Uploads, name: string, content: string | Uint8Array): Promise<string> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const { uploadId } = await uploads.begin(name, bytes.length)
  await uploads.write(uploadId, 0, pieces(bytes))
  return uploadId
}

describe('an upload', () => {
  it('comes whole in any pieces, sent again or overlapping', async () => {
    const uploads = await open()
    const steps = fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), steps, async (bytes, drawn) => {
        const { uploadId } = await uploads.begin('a.bin', bytes.length)
        let received = 0
        for (const [back, forth] of [...drawn, [0, bytes.length] as const]) {
          const offset = received - (back % (received + 1))
          const piece = bytes.subarray(offset, offset + forth)
          ;({ received } = await uploads.write(uploadId, offset, pieces(piece.subarray(0, 7), piece.subarray(7))))
        }
        expect(received).toBe(bytes.length)
        const { sources } = await uploads.expand(uploadId)
        expect(await bytesOf(sources[0] ?? (Promise.reject(new Error('none')) as never))).toEqual(bytes)
        await uploads.remove(uploadId)
      }),
      { numRuns: 40 },
    )
    expect(readdirSync(uploads.folder)).toEqual([])
  })

  it('keeps what came when the sender breaks off', async () => {
    const uploads = await open()
    const { uploadId } = await uploads.begin('a.txt', 6)
    async function* breaking(): AsyncGenerator<Uint8Array> {
      yield* pieces('one')
      throw new Error('connection lost')
    }
    await expect(uploads.write(uploadId, 0, breaking())).rejects.toThrow('connection lost')
    expect(uploads.state(uploadId)).toMatchObject({ name: 'a.txt', size: 6, received: 3 })
    await uploads.write(uploadId, 3, pieces('two'))
    expect(await textOf((await uploads.expand(uploadId)).sources[0] ?? null)).toBe('onetwo')
  })

  it('is told the right place when a piece begins after it', async () => {
    const uploads = await open()
    const { uploadId } = await uploads.begin('a.txt', 9)
    await uploads.write(uploadId, 0, pieces('abc'))
    await expect(uploads.write(uploadId, 4, pieces('x'))).rejects.toMatchObject({ state: { received: 3 } })
    expect(uploads.state(uploadId).received).toBe(3)
  })

  it('takes no more bytes than were announced', async () => {
    const uploads = await open()
    const { uploadId } = await uploads.begin('a.txt', 3)
    await expect(uploads.write(uploadId, 0, pieces('ab', 'cd'))).rejects.toThrow(
      'a.txt was announced with 3 bytes, and more came. Send it anew.',
    )
    expect(statSync(path.join(uploads.folder, `${uploadId}.bytes`)).size).toBe(2)
  })

  it('goes on with the sender that came last', async () => {
    const uploads = await open()
    const { uploadId } = await uploads.begin('a.txt', 6)
    const { promise: wait, resolve: goOn } = Promise.withResolvers<undefined>()
    async function* stalled(): AsyncGenerator<Uint8Array> {
      yield* pieces('ab')
      await wait
      yield* pieces('XX')
    }
    const former = uploads.write(uploadId, 0, stalled())
    await expect.poll(() => uploads.state(uploadId).received).toBe(2)
    expect(await uploads.write(uploadId, 2, pieces('cdef'))).toMatchObject({ received: 6 })
    goOn(undefined)
    await expect(former).rejects.toThrow('Another sender goes on with a.txt.')
    expect(await textOf((await uploads.expand(uploadId)).sources[0] ?? null)).toBe('abcdef')
  })

  it('may come beside another one', async () => {
    const uploads = await open()
    const [one, other] = [await uploads.begin('1', 4), await uploads.begin('2', 4)]
    const write = ({ uploadId }: UploadState, text: string) =>
      uploads.write(uploadId, 0, pieces(text.slice(0, 2), text.slice(2)))
    await Promise.all([write(one, 'aaaa'), write(other, 'bbbb')])
    const expanded = [await uploads.expand(one.uploadId), await uploads.expand(other.uploadId)]
    expect(await Promise.all(expanded.map(({ sources }) => textOf(sources[0] ?? null)))).toEqual(['aaaa', 'bbbb'])
  })

  it('never gives its name to a path', async () => {
    const home = temporaryFolder()
    const uploads = await open({ folder: path.join(home, 'incoming') })
    const names = ['../../evil', '/etc/passwd', 'C:\\x', '..', 'nul\0l', '\n', 'Übung 🙂.txt', 'x'.repeat(5000)]
    for (const name of names) await sendWhole(uploads, name, 'x')
    expect(readdirSync(home)).toEqual(['incoming'])
    const made = readdirSync(uploads.folder)
    expect(made).toHaveLength(2 * names.length)
    for (const file of made) expect(file).toMatch(/^[\w-]{32}\.(bytes|json)$/)
    const { sources } = await uploads.expand(await sendWhole(uploads, 'x.txt', 'x'))
    for (const name of ['../../evil', '..', 'x', made[0] ?? '']) expect(sources[0]?.beside(name)).toBeNull()
  })

  it.skipIf(process.platform === 'win32')('is its owner’s alone', async () => {
    const mask = process.umask(0)
    onTestFinished(() => void process.umask(mask))
    const { folder, ...uploads } = await open()
    await sendWhole(uploads, 'a', 'x')
    for (const place of [folder, ...readdirSync(folder).map((name) => path.join(folder, name))])
      expect(statSync(place).mode & 0o077, place).toBe(0)
  })

  it('that nobody began is not there', async () => {
    const uploads = await open()
    for (const uploadId of ['', 'x', '../x', '__proto__', 'x'.repeat(32)]) {
      expect(() => uploads.state(uploadId)).toThrow('This upload is not there any more. Choose the file again.')
      await expect(uploads.write(uploadId, 0, pieces('x'))).rejects.toThrow('is not there')
      await expect(uploads.expand(uploadId)).rejects.toThrow('is not there')
    }
  })
})

describe('the disk', () => {
  it('is asked for room before a byte is sent, for all uploads together and with a reserve', async () => {
    const uploads = await open({ freeBytes: async () => 3.012e9 })
    await expect(uploads.begin('large.json', 2.6e9)).rejects.toThrow(
      'large.json has 2.6 GB, and uploads may take 2.5 GB of the disk of the workspace. Free some space, or import the file by its path',
    )
    await uploads.begin('one.json', 2e9)
    await expect(uploads.begin('other.json', 0.6e9)).rejects.toThrow('uploads may take 0.5 GB')
    await uploads.begin('small.json', 0.4e9)
  })

  it.runIf(existsSync('/dev/full'))('that fills ends a piece with a sentence, and what came stays', async () => {
    const uploads = await open()
    const { uploadId } = await uploads.begin('a.txt', 100)
    const file = path.join(uploads.folder, `${uploadId}.bytes`)
    rmSync(file)
    symlinkSync('/dev/full', file)
    await expect(uploads.write(uploadId, 0, pieces('abc'))).rejects.toThrow(
      'The disk of the workspace is full after 0 MB of a.txt. Free some space and choose the file again.',
    )
    expect(uploads.state(uploadId).received).toBe(0)
  })
})

describe('cleaning', () => {
  it('at the start leaves what an import holds, and what is somebody else’s', async () => {
    const before = await open()
    const [held, other] = [await sendWhole(before, 'held.txt', 'kept'), await sendWhole(before, 'other.txt', 'x')]
    const { folder } = before
    writeFileSync(path.join(folder, 'letter.txt'), 'not ours')
    mkdirSync(path.join(folder, 'photos'))
    const after = await open({ folder, isHeld: (uploadId) => uploadId === held })
    expect(readdirSync(folder).sort()).toEqual([`${held}.bytes`, `${held}.json`, 'letter.txt', 'photos'].sort())
    expect(() => after.state(other)).toThrow('is not there')
    const { sources } = await after.expand(held)
    expect([sources[0]?.name, await textOf(sources[0] ?? null)]).toEqual(['held.txt', 'kept'])
  })

  it('removes what is older than a day, unless somebody holds it', async () => {
    let nowMs = 1_000_000
    const uploads = await open({ now: () => nowMs })
    const [held, old] = [await sendWhole(uploads, 'held', 'x'), await sendWhole(uploads, 'old', 'x')]
    const release = uploads.hold(held)
    const releaseToo = uploads.hold(held)
    nowMs += dayMs
    const young = await sendWhole(uploads, 'young', 'x')
    await uploads.sweep()
    expect(uploads.state(old).name).toBe('old')
    nowMs += 1
    await uploads.sweep()
    expect(() => uploads.state(old)).toThrow('is not there')
    expect([uploads.state(held).name, uploads.state(young).name]).toEqual(['held', 'young'])
    await expect(uploads.remove(held)).rejects.toThrow('held is being imported. Cancel the import first.')
    release()
    release()
    await uploads.sweep()
    expect(uploads.state(held).name).toBe('held')
    releaseToo()
    await uploads.sweep()
    expect(readdirSync(uploads.folder).sort()).toEqual([`${young}.bytes`, `${young}.json`].sort())
  })
})

describe('uploads as sources', () => {
  it('are unpacked, and lie beside one another as in the folder that was chosen', async () => {
    const uploads = await open()
    const ids = [
      await sendWhole(uploads, 'corpus/train.json.gz', gzipSync('[1]')),
      await sendWhole(uploads, 'corpus/rel2id.json', '{}'),
      await sendWhole(uploads, 'other/rel2id.json', '[]'),
      await sendWhole(uploads, 'corpus/all.zip', await zipOf({ 'a.txt': 'Ada', 'b.txt': 'B' })),
      await sendWhole(uploads, 'corpus/annotation.conf', 'x'),
      await sendWhole(uploads, 'corpus/.git/config', 'x'),
    ]
    const expanded = await Promise.all(ids.map((uploadId) => uploads.expand(uploadId, ids)))
    const [sources, leftOut] = [expanded.flatMap((one) => one.sources), expanded.flatMap((one) => one.leftOut)]
    expect(sources.map(({ name }) => name)).toEqual([
      ...[
        'corpus/train.json.gz',
        'corpus/rel2id.json',
        'other/rel2id.json',
        'corpus/all.zip/a.txt',
        'corpus/all.zip/b.txt',
      ],
    ])
    expect(await textOf(sources[0] ?? null)).toBe('[1]')
    expect(await textOf(sources[0]?.beside('rel2id.json') ?? null)).toBe('{}')
    expect(await textOf(sources[0]?.beside('annotation.conf') ?? null)).toBe('x')
    expect(await textOf(sources[2]?.beside('rel2id.json') ?? null)).toBe('[]')
    expect(sources[2]?.beside('train.json')).toBeNull()
    expect(leftOut.map(({ kind, count }) => [kind, count])).toEqual([
      ['configuration files', 1],
      ['hidden files', 1],
    ])
  })

  it('are refused before they came whole', async () => {
    const uploads = await open()
    const { uploadId } = await uploads.begin('a.txt', 6)
    await uploads.write(uploadId, 0, pieces('abc'))
    await expect(uploads.expand(uploadId)).rejects.toThrow('Of a.txt came 3 of 6 bytes. Choose the file again.')
  })
})
