/** Extraction as a job: from files and corpora, into the workspace and a file, stopped and gone on with. */
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ExtractedDocument } from '#main/document/extracted-document'
import { createProcessHost } from '#main/compute/host'
import { markWhole } from '#main/files/growing-source'
import { openServices, type Services } from '#main/services/services'
import { beginExtraction, extractAll, extractionOver } from '../../support/extracted.ts'
import { importTiny, temporaryFolder } from '../../support/services.ts'
import { trainTiny } from '../../support/trained.ts'

let services: Services
let runId = ''
let corpusId = 0
let folder = ''

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'espalier-extract-'))
  const compute = createProcessHost()
  services = await openServices({
    workspace: path.join(folder, 'workspace'),
    config: path.join(folder, 'config'),
    compute,
  })
  corpusId = await importTiny(services, { train: 12, dev: 6, test: 6 })
  runId = await trainTiny(services, corpusId)
}, 60_000)

afterAll(async () => {
  await services.close()
  rmSync(folder, { recursive: true, force: true })
})

const lines = (count: number, first = 0): string =>
  Array.from({ length: count }, (_, at) => `{"text": "Ada Hall ${first + at} leads Norvik Labs."}\n`).join('')

const documentsIn = (file: string): ExtractedDocument[] =>
  readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line): ExtractedDocument => JSON.parse(line))

describe('an extraction', () => {
  it('stores and writes the same documents in the order of the input, those that cannot be read among them', async () => {
    const output = path.join(folder, 'same.jsonl')
    const { found, ...summary } = await extractAll(services, {
      runId,
      files: [
        { name: 'a.jsonl', text: `${lines(90)}{oops\n${lines(70, 90)}` },
        { name: 'b.txt', text: 'Jon Reed left. He came back.' },
        { name: 'c.txt', text: '[{"sentence": "x", "spo": []}]' },
      ],
      output: { path: output, format: 'jsonl' },
    })
    expect(summary).toMatchObject({ status: 'finished', documents: 163, failures: 2, title: '3 files', output })
    expect(found.map(({ document }) => document)).toEqual([
      ...Array.from({ length: 161 }, (_, at) => `a.jsonl#${at + 1}`),
      ...['b.txt', 'c.txt'],
    ])
    expect(documentsIn(output)).toEqual(found)
    expect(existsSync(`${output}.part`)).toBe(false)
  })

  it('is of a corpus, or of one split of it', async () => {
    const { found } = await extractAll(services, { runId, corpus: { corpusId, split: 'dev' } })
    expect(found).toHaveLength(6)
    expect((await extractAll(services, { runId, corpus: { corpusId, split: null } })).found).toHaveLength(24)
  })

  it('writes a row for each triple as CSV', async () => {
    const output = path.join(folder, 'rows.csv')
    const { triples } = await extractAll(services, {
      ...{ runId, corpus: { corpusId, split: null } },
      output: { path: output, format: 'csv' },
    })
    const rows = readFileSync(output, 'utf8').split('\r\n')
    expect(rows[0]).toMatch(/^document,subject,/)
    expect(rows).toHaveLength(triples + 2)
  })

  it('predicts equal documents once and lists each of them', async () => {
    const text = '{"text": "Ada Hall leads Norvik Labs."}\n'.repeat(200)
    const { found } = await extractAll(services, { runId, files: [{ name: 'a.jsonl', text }] })
    expect(found).toHaveLength(200)
    expect(new Set(found.map(({ sentences }) => JSON.stringify(sentences))).size).toBe(1)
    expect(found.map(({ document }) => document)).toEqual(found.map((_, at) => `a.jsonl#${at + 1}`))
  })

  it('reads a sentence of any length, in windows where it must, and the document says so', async () => {
    const text = 'Ada Hall leads Norvik Labs and '.repeat(2400)
    const { found } = await extractAll(services, {
      runId,
      files: [{ name: 'a.jsonl', text: JSON.stringify({ text }) }],
    })
    const [document] = found
    expect(document?.notes).toEqual([
      'A sentence of 14,400 words was too long to be read whole, and was read in windows of 128 words that overlap by 32: triples whose names stand further apart were not found.',
    ])
    expect(document?.sentences).toHaveLength(1)
    const [sentence] = document?.sentences ?? []
    expect(sentence?.text).toBe(text.trimEnd())
    for (const span of sentence?.spans ?? []) expect(text.slice(span.start, span.end)).toBe(span.text)
    const ends = (sentence?.triples ?? []).map(({ subject, relation, object }) =>
      [subject.start, relation, object.start].join(),
    )
    expect(new Set(ends).size).toBe(ends.length)
  })

  it.each(['txt', 'jsonl'])('takes a text without white space for a word, in a .%s', async (ending) => {
    const word = 'abcdefghij'.repeat(200_000)
    const text = ending === 'txt' ? word : `{"text": "${word}"}`
    const { found, failures } = await extractAll(services, { runId, files: [{ name: `a.${ending}`, text }] })
    expect(failures).toBe(0)
    expect(found.flatMap(({ sentences }) => sentences.map((sentence) => sentence.text)).join('')).toBe(word)
  })

  it('has failed when no document could be read, and begins again once what was wrong is put right', async () => {
    const file = path.join(temporaryFolder(), 'a.jsonl')
    const output = path.join(temporaryFolder(), 'out.jsonl')
    writeFileSync(file, '{oops\n{oops\n')
    const { extractionId, jobId } = await services.handlers.extraction.start({
      ...{ runId, files: [{ path: file, name: 'a.jsonl' }], format: 'jsonl' },
      output: { path: output, format: 'jsonl', replace: false },
    })
    expect(await extractionOver(services, extractionId)).toMatchObject({
      ...{ status: 'failed', documents: 2, failures: 2 },
      failure: expect.stringContaining('None of the 2 documents could be read.'),
    })
    expect([output, `${output}.part`].filter((each) => existsSync(each))).toEqual([])
    writeFileSync(file, lines(3))
    await services.handlers.jobs.resume({ jobId: jobId ?? 0 })
    expect(await extractionOver(services, extractionId)).toMatchObject({
      ...{ status: 'finished', failure: null, documents: 3, failures: 0 },
    })
    expect(documentsIn(output)).toHaveLength(3)
  })

  it('tells in its job that some documents could not be read', async () => {
    const { jobId } = await extractAll(services, { runId, files: [{ name: 'a.jsonl', text: `${lines(1)}{oops\n` }] })
    const { state, notes } = await services.handlers.jobs.get({ jobId: jobId ?? 0 })
    expect(state).toBe('finished')
    expect(notes).toContain('1 of 2 documents could not be read; the results list it with the reason.')
  })

  it('replaces no file unless that is asked for, and needs a folder to write to', async () => {
    const output = path.join(folder, 'there.jsonl')
    writeFileSync(output, 'mine')
    const asked = { runId, corpus: { corpusId, split: null } }
    await expect(beginExtraction(services, { ...asked, output: { path: output, format: 'jsonl' } })).rejects.toThrow(
      'is there already',
    )
    expect(readFileSync(output, 'utf8')).toBe('mine')
    const nowhere = path.join(folder, 'no', 'there.jsonl')
    await expect(beginExtraction(services, { ...asked, output: { path: nowhere, format: 'jsonl' } })).rejects.toThrow(
      'does not exist',
    )
    await expect(
      beginExtraction(services, { ...asked, output: { path: '/dev/null', format: 'jsonl' } }),
    ).rejects.toThrow('is a device or a pipe')
    if (existsSync('/proc/self'))
      await expect(
        beginExtraction(services, { ...asked, output: { path: '/proc/x', format: 'jsonl' } }),
      ).rejects.toThrow('/proc/x cannot be written: /proc takes no new files.')
    const outputs = (await services.handlers.extraction.list()).map((one) => one.output)
    expect(outputs.filter((made) => [nowhere, '/dev/null', '/proc/x'].includes(made ?? ''))).toEqual([])
    expect(existsSync(`${path.join(folder, 'there.jsonl')}.part`)).toBe(false)
  })
})

describe('an extraction that is paused', () => {
  const text = lines(3000)

  /** Begins it, and pauses it when it has stored some documents. */
  async function paused(output: string) {
    const file = path.join(temporaryFolder(), 'a.jsonl')
    writeFileSync(file, text)
    const { extractionId, jobId } = await services.handlers.extraction.start({
      ...{ runId, files: [{ path: file, name: 'a.jsonl' }] },
      output: { path: output, format: 'jsonl', replace: false },
    })
    const stored = async () => (await services.handlers.extraction.get({ extractionId })).documents
    await expect.poll(stored, { timeout: 30_000, interval: 5 }).toBeGreaterThan(0)
    await services.handlers.jobs.pause({ jobId: jobId ?? 0 })
    const summary = await extractionOver(services, extractionId)
    expect(summary.status).toBe('paused')
    expect(summary.documents).toBeLessThan(3000)
    return { extractionId, jobId: jobId ?? 0, documents: summary.documents, file }
  }

  it('goes on to the very bytes of one that was never stopped, whatever a kill added to its file', async () => {
    const straight = path.join(folder, 'straight.jsonl')
    const files = [{ name: 'a.jsonl', text }]
    await extractAll(services, { runId, files, output: { path: straight, format: 'jsonl' } })
    const output = path.join(folder, 'stopped.jsonl')
    const { extractionId, jobId, documents } = await paused(output)
    expect(documentsIn(`${output}.part`)).toHaveLength(documents)
    appendFileSync(`${output}.part`, '{"half of a docu')
    const { done } = await services.handlers.jobs.get({ jobId })
    const over = new AbortController()
    const told: number[] = []
    const events = await services.handlers.system.events(undefined, over.signal)
    const listening = (async () => {
      for await (const event of events)
        if (event.type === 'job' && event.job.progress) told.push(event.job.progress.done)
    })().catch(() => undefined)
    await services.handlers.jobs.resume({ jobId })
    expect(await extractionOver(services, extractionId)).toMatchObject({ status: 'finished', documents: 3000 })
    expect(readFileSync(output, 'utf8')).toBe(readFileSync(straight, 'utf8'))
    over.abort()
    await listening
    expect(told.length).toBeGreaterThan(0)
    expect(Math.min(...told)).toBeGreaterThanOrEqual(done) // it never begins again in the eyes of a person
  })

  it('does not go on where its file is gone or was cut, and says so', async () => {
    const output = path.join(folder, 'cut.jsonl')
    const { extractionId, jobId } = await paused(output)
    truncateSync(`${output}.part`, 10)
    await services.handlers.jobs.resume({ jobId })
    const failed = await extractionOver(services, extractionId)
    expect(failed).toMatchObject({ status: 'failed' })
    expect(failed.failure).toMatch(/cut\.jsonl\.part is gone or shorter than what was extracted into it\./)
    rmSync(`${output}.part`)
  })

  it('does not go on with other files than it began with', async () => {
    const output = path.join(folder, 'other.jsonl')
    const { extractionId, jobId, file } = await paused(output)
    appendFileSync(file, lines(1))
    await services.handlers.jobs.resume({ jobId })
    expect((await extractionOver(services, extractionId)).failure).toMatch(/^What this extraction reads has changed/)
    truncateSync(file, text.length)
    await services.handlers.jobs.resume({ jobId })
    expect(await extractionOver(services, extractionId)).toMatchObject({ status: 'finished', documents: 3000 })
  })
})

describe('what somebody is still writing', () => {
  /** An extraction from a file that grows, and how many documents it has. */
  async function growing(text: string) {
    const file = path.join(temporaryFolder(), 'input')
    writeFileSync(file, text)
    const { extractionId, jobId } = await services.handlers.extraction.start({
      ...{ runId, files: [{ path: file, name: 'stdin.txt', writerId: process.pid }] },
    })
    const texts = async () =>
      (await services.handlers.extraction.results({ extractionId, offset: 0, limit: 100 })).documents.map(
        ({ document, sentences }) => `${document}: ${sentences.map((sentence) => sentence.text).join(' ')}`,
      )
    return { file, extractionId, jobId: jobId ?? 0, texts }
  }

  it.each([
    [
      'a text',
      ['Ada left.\n', 'Jon came\nhome. He', ' slept.\n'],
      ['stdin.txt#1: Ada left.', 'stdin.txt#2: Jon came\nhome. He slept.'],
    ],
    [
      'JSON lines',
      ['{"text": "Ada left."}\n', '{"text": ', '"Jon came."}\n'],
      ['stdin.txt#1: Ada left.', 'stdin.txt#2: Jon came.'],
    ],
  ])('is extracted as it comes: %s', async (_, [first = '', ...rest], expected) => {
    const { file, extractionId, texts } = await growing('')
    appendFileSync(file, first)
    await expect.poll(texts, { timeout: 20_000 }).toEqual(expected.slice(0, 1))
    for (const part of rest) appendFileSync(file, part)
    await expect.poll(texts, { timeout: 20_000 }).toEqual(expected)
    await markWhole(file)
    expect(await extractionOver(services, extractionId)).toMatchObject({
      status: 'finished',
      documents: 2,
      failures: 0,
    })
  })

  it('may be packed or an archive, which is waited for', async () => {
    const { file, extractionId, texts } = await growing('')
    writeFileSync(file, gzipSync('Ada left.'))
    await markWhole(file)
    expect(await extractionOver(services, extractionId)).toMatchObject({ status: 'finished', documents: 1 })
    expect(await texts()).toEqual(['stdin.txt: Ada left.'])
  })

  it('is left when the extraction is cancelled', async () => {
    const { file, extractionId, jobId, texts } = await growing('Ada left.\n')
    await expect.poll(texts, { timeout: 20_000 }).toHaveLength(1)
    await services.handlers.jobs.cancel({ jobId })
    expect(await extractionOver(services, extractionId)).toMatchObject({ status: 'cancelled', documents: 1 })
    rmSync(file)
  })
})

describe('files that are not UTF-8', () => {
  it('are listed with the place of the byte, and read when an encoding is named', async () => {
    const files = [{ name: 'old.txt', text: Uint8Array.from(Buffer.from('M\u00fcller left.', 'latin1')) }]
    const refused = await extractAll(services, { runId, files })
    expect(refused.found[0]?.failure).toMatch(/^old\.txt is not UTF-8: the byte at offset 1/)
    const read = await extractAll(services, { runId, files, encoding: 'latin1' })
    expect(read.found[0]?.sentences.map(({ text }) => text)).toEqual(['M\u00fcller left.'])
  })
})
