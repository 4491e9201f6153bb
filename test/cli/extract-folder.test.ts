/** Extraction with the folder of a model, as scripts and clusters run it; in processes of their own where that could matter. */
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ExtractedDocument } from '#main/document/extracted-document'
import { createProcessHost } from '#main/compute/host'
import { openServices } from '#main/services/services'
import { espalier, espalierProcess, outcomeOf, startEspalier, type Outcome } from '../support/command-line.ts'
import { importTiny } from '../support/services.ts'
import { trainTiny, untilItFinds } from '../support/trained.ts'
import { flipBit } from '../support/flip-bit.ts'

let folder = ''
let model = ''
let workspace = ''

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'espalier-filter-'))
  workspace = path.join(folder, 'workspace')
  const services = await openServices({ workspace, config: path.join(folder, 'config'), compute: createProcessHost() })
  const runId = await trainTiny(services, await importTiny(services, { train: 60, dev: 6, test: 6 }), untilItFinds)
  model = path.join(folder, 'model')
  await services.handlers.models.export({ runId, path: model, vectors: 'known', replace: false, taskId: 'x' })
  await services.close()
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const people = ['Ilse Dorn', 'Tam Okwe', 'Mara Velt', 'Jon Reed', 'Ada Lund']
const textOf = (at: number): string =>
  `${people[at % 5]} founded Orbisk in Tarnow. ${people[(at * 3) % 5]} led Calden .`
const linesOf = (count: number, first = 0): string =>
  Array.from(
    { length: count },
    (_, at) => `${JSON.stringify({ id: `d${first + at}`, text: textOf(first + at) })}\n`,
  ).join('')

type Found = Record<string, unknown> & Pick<ExtractedDocument, 'sentences'>
const found = ({ stdout }: Pick<Outcome, 'stdout'>): Found[] =>
  stdout === ''
    ? []
    : stdout
        .trimEnd()
        .split('\n')
        .map((line): Found => JSON.parse(line))

describe('extract with the folder of a model', () => {
  it('finds what the run finds in its workspace, to the last digit, in every form that a text comes in', async () => {
    const texts = path.join(folder, 'forms')
    mkdirSync(texts)
    writeFileSync(path.join(texts, 'a.jsonl'), linesOf(300))
    writeFileSync(path.join(texts, 'b.txt'), [0, 1, 2, 3].map(textOf).join(' '))
    writeFileSync(path.join(texts, 'c.json.gz'), gzipSync(JSON.stringify([{ text: textOf(4), triple_list: [] }])))
    const [inWorkspace, byFolder, piped] = [
      await espalier(['extract', 'mtl', texts, '--language', 'en', '--workspace', workspace]),
      await espalier(['extract', model, texts, '--language', 'en']),
      await espalierProcess(['extract', model, '--language', 'en'], linesOf(300)),
    ]
    expect([inWorkspace.code, byFolder.code, piped.code]).toEqual([0, 0, 0])
    const expected = found(inWorkspace)
    expect(expected).toHaveLength(302)
    expect(expected.flatMap(({ sentences }) => sentences.flatMap(({ triples }) => triples)).length).toBeGreaterThan(100)
    expect(found(byFolder).map(({ id, sentences }) => ({ id, sentences }))).toEqual(
      expected.map(({ document, sentences }) => ({ id: document, sentences })),
    )
    expect(found(piped).map(({ sentences }) => sentences)).toEqual(
      expected.slice(0, 300).map(({ sentences }) => sentences),
    )
  })

  it('keeps ids, order and every other field, and answers a line that cannot be read in its place', async () => {
    const input = [
      '{"id": 12345678901234567890, "text": "Mara Velt founded Orbisk.", "score": 1.50, "meta": {"a": [null]}}',
      '{"id": "x", "text": 7}',
      'no json',
      '',
      '{"text": "Jon Reed led Calden ."}',
    ].join('\n')
    const outcome = await espalier(['extract', model], input)
    const lines = outcome.stdout.trimEnd().split('\n')
    expect(lines[0]).toMatch(
      /^\{"id":12345678901234567890,"text":"Mara Velt founded Orbisk\.","score":1\.50,"meta":\{"a":\[null\]\},"sentences":/,
    )
    expect(found(outcome).map(({ id, error }) => [id, error])).toEqual([
      [expect.any(Number), undefined],
      ['x', 'line 2: text: expected a string, found 7'],
      ['stdin#3', expect.stringMatching(/^line 3: not valid JSON/)],
      ['stdin#5', undefined],
    ])
    expect(outcome.code).toBe(1)
    expect(outcome.stderr).toMatch(/x: line 2: text: expected a string, found 7\n/)
    expect(outcome.stderr).toMatch(/2 documents could not be read: the reasons stand above and under "error"/)
    const allowed = await espalier(['extract', model, '--allow-failed'], input)
    expect([allowed.code, allowed.stdout]).toEqual([0, outcome.stdout])
  })

  it('takes lines of plain text, and nothing at all', async () => {
    const outcome = await espalier(['extract', model, '-'], 'Mara Velt founded Orbisk.\n\nJon Reed led Calden .')
    expect(found(outcome).map(({ id, text }) => [id, text])).toEqual([
      ['stdin#1', 'Mara Velt founded Orbisk.'],
      ['stdin#3', 'Jon Reed led Calden .'],
    ])
    expect(await espalier(['extract', model, '-'])).toMatchObject({ code: 0, stdout: '' })
  })

  it('answers what has come while its input stays open', async () => {
    const child = startEspalier(['extract', model])
    child.stdin.write('{"id": 1, "text": "Mara Velt founded Orbisk."}\n')
    const [first] = (await once(child.stdout, 'data')) as [Buffer]
    expect(JSON.parse(first.toString())).toMatchObject({ id: 1 })
    child.stdin.write('{"id": 2, "text": "Jon Reed led Calden ."}\n')
    const [second] = (await once(child.stdout, 'data')) as [Buffer]
    expect(JSON.parse(second.toString())).toMatchObject({ id: 2 })
    child.stdin.end()
    expect((await outcomeOf(child)).code).toBe(0)
  })

  it('ends when nobody takes its output any more, without a word, as a program does that SIGPIPE ends', async () => {
    const child = startEspalier(['extract', model])
    const feed = setInterval(() => child.stdin.write(linesOf(50)), 5)
    child.stdin.on('error', () => undefined) // it is gone
    await once(child.stdout, 'data')
    child.stdout.destroy()
    const [code] = (await once(child, 'close')) as [number]
    clearInterval(feed)
    expect(code).toBe(141)
  })

  it('ends alike with a workspace, and when a list is read no further', async () => {
    const child = startEspalier(['extract', 'mtl', '--workspace', workspace])
    child.stdin.end(linesOf(2000)) // more than a pipe holds
    const list = startEspalier(['corpora', '--workspace', workspace])
    const told = Promise.all([text(child.stderr), text(list.stderr)])
    const ended = Promise.all([child, list].map(async (one) => (await once(one, 'close'))[0] as number))
    list.stdout.destroy()
    await once(child.stdout, 'data')
    child.stdout.destroy()
    expect(await ended).toEqual([141, 141])
    for (const words of await told) expect(words).not.toContain('EPIPE')
  })

  it('runs side by side with others, and with a program that has the workspace open', async () => {
    const whole = await espalier(['extract', model, '--threads', '1'], linesOf(400))
    const parts = await Promise.all(
      [0, 1, 2, 3].map((part) => espalierProcess(['extract', model, '--threads', '1'], linesOf(100, part * 100))),
    )
    expect(parts.map(({ stdout }) => stdout).join('')).toBe(whole.stdout)
  })

  it('writes a file that appears when it is whole, as JSON lines or as rows', async () => {
    const output = path.join(folder, 'rows.csv')
    const args = ['extract', model, '--output', output, '--output-format', 'csv']
    expect(await espalier(args, linesOf(20))).toMatchObject({ code: 0, stdout: '' })
    expect(readFileSync(output, 'utf8')).toMatch(/^document,subject,.*\r\nd\d+,/)
    expect((await espalier(args, linesOf(1))).stderr).toMatch(
      /rows\.csv is there already\..*replaced with --replace\.$/m,
    )
    expect((await espalier([...args, '--replace'], '{"text": 1}')).code).toBe(1)
  })
})

describe('the folder of a model and other folders', () => {
  it('are told apart, whichever stands where', async () => {
    const texts = path.join(folder, 'texts')
    mkdirSync(texts)
    writeFileSync(path.join(texts, 'model.json'), '[]')
    const asModel = await espalier(['extract', texts, '--workspace', workspace], '')
    expect(asModel).toMatchObject({ code: 1, stdout: '' })
    expect(asModel.stderr).toMatch(/is a folder, and not that of a model/)
    const asTexts = await espalier(['extract', model, model])
    expect(asTexts.stderr).toMatch(/is the folder of a model, not of texts. Name it before the files/)
    const both = await espalier(['extract', model, '--workspace', workspace], '')
    expect(both.stderr).toMatch(/needs no workspace: leave --workspace out/)
    const inWorkspace = await espalier(['extract', 'mtl', '--workspace', workspace, '--allow-failed'], '')
    expect(inWorkspace.stderr).toMatch(/--allow-failed is for the folder of a model/)
  })

  it('refuses one that is damaged before it answers anything', async () => {
    const damaged = path.join(folder, 'damaged')
    cpSync(model, damaged, { recursive: true })
    flipBit(path.join(damaged, 'weights.safetensors'), 4000)
    const outcome = await espalier(['extract', damaged], linesOf(1))
    expect([outcome.code, outcome.stdout]).toEqual([1, ''])
    expect(outcome.stderr).toMatch(/^.*weights\.safetensors is damaged: .*\n$/)
    const checked = await espalier(['model', 'check', damaged])
    expect([checked.code, checked.stderr]).toEqual([1, outcome.stderr])
    expect(await espalier(['model', 'check', model])).toMatchObject({ code: 0, stderr: '' })
  })
})

describe('shards of a folder', () => {
  it('have every file once between them, with a workspace and without one', async () => {
    const texts = path.join(folder, 'shards')
    mkdirSync(texts)
    for (let at = 0; at < 9; at++) writeFileSync(path.join(texts, `part-${at}.jsonl`), linesOf(2, at * 2))
    const run = async (args: readonly string[]): Promise<string[]> =>
      (
        await Promise.all([1, 2, 3].map((number) => espalier(['extract', ...args, texts, '--shard', `${number}/3`])))
      ).flatMap((outcome) => found(outcome).map(({ id, document }) => String(id ?? document)))
    const byFolder = await run([model])
    expect(byFolder.toSorted()).toEqual(Array.from({ length: 18 }, (_, at) => `d${at}`).toSorted())
    const one = await espalier(['extract', model, texts, '--shard', '2/3'])
    const inWorkspace = await espalier(['extract', 'mtl', texts, '--shard', '2/3', '--workspace', workspace])
    expect(found(inWorkspace).map(({ document }) => document)).toEqual(found(one).map(({ id }) => id))
    expect(found(one).length).toBeLessThan(18)
    const misused = await espalier(['extract', model, texts, '--shard', '4/3'])
    expect(misused.code).toBe(2)
    expect((await espalier(['extract', model, '--shard', '1/3'], linesOf(1))).stderr).toMatch(/takes a share of files/)
  })
})

it('a file that cannot be read is told in its place, and the others are read', async () => {
  const some = path.join(folder, 'some')
  mkdirSync(some)
  writeFileSync(path.join(some, 'a.jsonl'), linesOf(2))
  writeFileSync(path.join(some, 'b.txt'), Buffer.from([0xff, 0xfe, 0x00]))
  writeFileSync(path.join(some, 'c.jsonl'), linesOf(2, 2))
  const outcome = await espalier(['extract', model, some])
  expect(found(outcome).map(({ id, error }) => [id, error === undefined])).toEqual([
    ['d0', true],
    ['d1', true],
    ['b.txt', false],
    ['d2', true],
    ['d3', true],
  ])
  expect(outcome.code).toBe(1)
})

it('packed input is unpacked, from files and from standard input', async () => {
  const plain = await espalier(['extract', model], linesOf(30))
  expect(await espalier(['extract', model], gzipSync(linesOf(30)))).toMatchObject({
    code: 0,
    stdout: plain.stdout,
  })
  const packed = path.join(folder, 'packed.jsonl.gz')
  writeFileSync(packed, gzipSync(linesOf(30)))
  expect(await espalier(['extract', model, packed])).toMatchObject({ code: 0, stdout: plain.stdout })
})
