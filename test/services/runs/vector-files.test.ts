/** Word-vector files, from the estimate to words that no training has seen. */
import { extractAll } from '../../support/extracted.ts'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { AppEvent } from '#main/api/events'
import { runRequest } from '#main/api/runs'
import { createVectorFiles } from '#main/services/runs/vector-files'
import type { Services } from '#main/services/services'
import { importTiny, openTestServices, temporaryFolder } from '../../support/services.ts'

const rows = 'the 1 2 3\nFounded 4 5 6\nled 7 8 9\nzora 3 -2 1\n'

function vectorFile(content: string | Uint8Array = rows, name = 'vectors.txt'): string {
  const file = path.join(temporaryFolder(), name)
  writeFileSync(file, content)
  return file
}

const requestOf = (corpusId: number, vectors: string) =>
  runRequest.parse({
    ...{ corpusId, variants: ['mtl'], seeds: [1], vectors, threads: 1, backend: 'wasm' },
    model: { hidden: 8 },
    training: { epochs: 1 },
  })

async function trained(services: Services, corpusId: number, vectors: string): Promise<string> {
  const { handlers } = services
  const [run] = await handlers.runs.start(requestOf(corpusId, vectors))
  const runId = run?.runId ?? ''
  await expect.poll(async () => (await handlers.runs.get({ runId })).run.status, { timeout: 30_000 }).toBe('finished')
  return runId
}

describe('a word-vector file', () => {
  it('answers in the order in which words are asked for, also when it is asked again', async () => {
    const files = createVectorFiles(temporaryFolder())
    const file = vectorFile()
    const first = await files.read(file, ['led', 'nowhere', 'the'])
    expect(first.vectors.words).toEqual(['led', 'the'])
    const second = await files.read(file, ['founded', 'the', 'led'])
    expect(second.vectors.words).toEqual(['founded', 'the', 'led'])
    expect([...second.vectors.values]).toEqual([4, 5, 6, 1, 2, 3, 7, 8, 9])
    const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex')
    expect([first.identity, second.identity]).toEqual(Array(2).fill({ file, sha256, dimension: 3 }))
  })

  it('is read anew once it has changed', async () => {
    const files = createVectorFiles(temporaryFolder())
    const file = vectorFile()
    await files.read(file, ['the', 'new'])
    appendFileSync(file, 'new 5 5 5\n')
    expect((await files.read(file, ['the', 'new'])).vectors.words).toEqual(['the', 'new'])
  })

  it.skipIf(process.platform === 'win32')('that is a pipe is refused, and others are read meanwhile', async () => {
    const files = createVectorFiles(temporaryFolder())
    const pipe = path.join(temporaryFolder(), 'pipe')
    expect(spawnSync('mkfifo', [pipe]).status).toBe(0)
    const refused = files.read(pipe, ['led'])
    const read = files.read(vectorFile(), ['led'])
    await expect(refused).rejects.toThrow(
      `${pipe} is a named pipe; expected a file of word vectors. Write what it gives into a regular file, and name that file.`,
    )
    expect((await read).vectors.words).toEqual(['led'])
    await expect(files.read('/dev/zero', ['led'])).rejects.toThrow('/dev/zero is a device; expected')
    await expect(files.read(temporaryFolder(), ['led'])).rejects.toThrow(
      'is a folder; expected a file of word vectors.',
    )
  })

  it('may be packed with gzip, and is refused when the packing is cut off', async () => {
    const packed = gzipSync(rows.repeat(2000))
    const file = vectorFile(packed, 'vectors.txt.gz')
    expect((await createVectorFiles(temporaryFolder()).read(file, ['led'])).vectors.words).toEqual(['led'])
    const cut = vectorFile(packed.subarray(0, -20), 'cut.txt.gz')
    await expect(createVectorFiles(temporaryFolder()).read(cut, ['led'])).rejects.toThrow(
      'cut.txt.gz is no complete gzip file',
    )
  })

  it.each([
    ['that is not there', () => path.join(temporaryFolder(), 'no.txt'), 'There is no word-vector file'],
    ['that is a folder', temporaryFolder, 'is a folder; expected a file of word vectors'],
  ])('%s is refused', async (_, file, message) => {
    await expect(createVectorFiles(temporaryFolder()).read(file(), ['a'])).rejects.toThrow(message)
  })
})

describe('a run with word vectors', () => {
  it('is told before it starts how many of its words have one, or why the file cannot be used', async () => {
    const services = await openTestServices(path.join(temporaryFolder(), 'workspace'))
    const corpusId = await importTiny(services)
    const { estimate } = services.handlers.runs
    const { vectors, weights, refusals } = await estimate(requestOf(corpusId, vectorFile()))
    expect(refusals).toEqual([])
    expect(vectors).toMatchObject({ covered: 2 }) // founded and led
    expect(vectors?.tokenShare).toBeGreaterThan(0.1)
    expect(vectors?.tokenShare).toBeLessThan(0.3)
    expect(weights).toBeGreaterThan(0)
    const broken = await estimate(requestOf(corpusId, vectorFile('the 1 2 3\nled 1 x 3\n')))
    expect(broken.refusals.join()).toMatch(/vectors\.txt, line 2/)
    expect(broken.sentences.train).toBe(60)
  })

  it('is refused before it is made when no word of the corpus has one', async () => {
    const services = await openTestServices(path.join(temporaryFolder(), 'workspace'))
    const { runs } = services.handlers
    const corpusId = await importTiny(services)
    const request = requestOf(corpusId, vectorFile('gründete 1 2 3\nleitete 4 5 6\n'))
    const reason = /^vectors\.txt has a vector for none of the \d+ words of the corpus \("[^"]+", .*language/
    const { refusals, vectors, sentences } = await runs.estimate(request)
    expect(refusals).toEqual([expect.stringMatching(reason)])
    expect([vectors, sentences.train]).toEqual([null, 60])
    await expect(runs.start(request)).rejects.toThrow(reason)
    expect(await runs.list()).toEqual([])
  })

  it('is not said to lack vectors where there is no corpus to speak of', async () => {
    const services = await openTestServices(path.join(temporaryFolder(), 'workspace'))
    const corpusId = await importTiny(services, { test: 2 })
    const { refusals } = await services.handlers.runs.estimate(requestOf(corpusId, vectorFile()))
    expect(refusals).toEqual([expect.stringContaining('The train split of "Tiny" is empty')])
  })

  it('fails, and says so, when the file has changed since it was queued', async () => {
    const services = await openTestServices(path.join(temporaryFolder(), 'workspace'))
    const { handlers } = services
    const corpusId = await importTiny(services)
    const file = vectorFile()
    const [, second] = await handlers.runs.start({ ...requestOf(corpusId, file), seeds: [1, 2] })
    appendFileSync(file, 'more 5 5 5\n')
    const runId = second?.runId ?? ''
    await expect.poll(async () => (await handlers.runs.get({ runId })).run.status, { timeout: 30_000 }).toBe('failed')
    expect((await handlers.runs.get({ runId })).run.failure).toContain('has changed since the run was made')
  })

  it('reads words that training has not seen by their vectors, and says so when the file is gone', async () => {
    const services = await openTestServices(path.join(temporaryFolder(), 'workspace'))
    const { handlers } = services
    const corpusId = await importTiny(services)
    const file = vectorFile()
    const runId = await trained(services, corpusId, file)
    const notices: AppEvent[] = []
    const over = new AbortController()
    void (async () => {
      for await (const event of await handlers.system.events(undefined, over.signal))
        if (event.type === 'notice') notices.push(event)
    })().catch(() => undefined)
    const tagsOf = async (text: string) => {
      return (await extractAll(services, { runId, files: [{ name: 'a.txt', text }] })).found
    }
    await tagsOf('zora led Orbisk .')
    expect(notices).toEqual([])
    rmSync(file)
    await tagsOf('zora led Orbisk .')
    over.abort()
    expect(notices).toMatchObject([
      { message: expect.stringMatching(/^mtl seed 1: There is no word-vector file/) as unknown },
    ])
  })
})
