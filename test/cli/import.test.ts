/** Importing from the command line: what is read, refused, repaired and left out, and the exit status that says so. */
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { espalier } from '../support/command-line.ts'
import { temporaryFolder } from '../support/services.ts'

/** A folder with these files, and the import of some of them into its workspace. */
function folderOf(files: Readonly<Record<string, string | Uint8Array>>) {
  const folder = temporaryFolder()
  const workspace = path.join(folder, 'workspace')
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    writeFileSync(path.join(folder, name), content)
  }
  const paths = (names: readonly string[]) => names.map((name) => path.join(folder, name))
  return {
    folder,
    run: (names: readonly string[], ...options: readonly string[]) =>
      espalier(['import', '--corpus', 'C', '--split', 'train', ...options, '--workspace', workspace, ...paths(names)]),
    list: async () => JSON.parse((await espalier(['corpora', '--json', '--workspace', workspace])).stdout) as unknown[],
  }
}

/** Text in Latin-1, every letter one byte. */
const latin1 = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0))

describe('the language of a text', () => {
  const files = { 'a.txt': 'Orbisk feiert am 5. Juni. Nora kommt.', 'b.txt': '他住在北京大学。' }

  it('is found, said, and chosen by --language', async () => {
    const found = await folderOf(files).run(['a.txt', 'b.txt'])
    expect(found.stdout).toContain('Words and sentences by the rules of: German (1 document); Chinese (1 document).')
    expect(found.stdout).toContain('Imported 3 sentences')
    const chosen = await folderOf(files).run(['a.txt'], '--language', 'en')
    expect(chosen.stdout).toContain('Imported 3 sentences')
    expect(chosen.stdout).toContain('by the rules of: English (1 document).')
    const { stdout } = await folderOf(files).run(['b.txt'], '--han', 'words')
    expect(stdout).toContain('by the rules of: Chinese, Han by words (1 document).')
  })

  it('is refused with the codes that there are when it is none', async () => {
    const { code, stderr } = await folderOf(files).run(['a.txt'], '--language', 'xx')
    expect(code).toBe(2)
    expect(stderr).toContain('en, de, fr')
  })
})

describe('bytes that are not UTF-8', () => {
  const files = {
    'old.json': latin1('[{"text":"Zo\u00eb left","triple_list":[["Zo\u00eb","left","left"]]}]'),
    'map.txt': Uint8Array.of(0x89, 0x50, 0, 0),
    'wide.txt': Uint8Array.from(Buffer.from('\uFEFFZo\u00eb left.', 'utf16le')),
  }

  it('are refused with their place, how they would read and how to convert them', async () => {
    const { code, stdout, stderr } = await folderOf(files).run(['old.json'])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(
      /old\.json is not UTF-8: the byte at offset 12 \(line 1\) is EB\. As Windows-1252 the text there would be “.*Zoë left.*”\./,
    )
    expect(stderr).toMatch(/--encoding windows-1252 or latin1 on the command line\), or convert it: iconv/)
  })

  it('are read as the encoding that is named', async () => {
    const { code, stdout } = await folderOf(files).run(['old.json'], '--encoding', 'latin1', '--dry-run', '--json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ sentences: 1, triples: 1, unanchored: 0 })
  })

  it('are refused as no text at all where they hold zero bytes, and read as UTF-16 where a mark says so', async () => {
    const { run } = folderOf(files)
    expect((await run(['map.txt'])).stderr).toContain('map.txt is not text')
    expect((await run(['wide.txt'], '--dry-run')).stdout).toMatch(/^Would import 1 sentence into train/)
  })
})

it('counts sentences where their file says they go', async () => {
  const { run, list } = folderOf({
    'own.jsonl': '{"text": "Mara left.", "split": "dev"}\n{"text": "Velt stayed.", "split": "test"}\n',
  })
  const { code, stdout } = await run(['own.jsonl'])
  expect([code, stdout.split('\n')[0]]).toEqual([
    0,
    'Imported 2 sentences into "C" (jsonl): 1 into dev, 1 into test; as the file says.',
  ])
  expect(await list()).toMatchObject([
    { splits: { train: { sentences: 0 }, dev: { sentences: 1 }, test: { sentences: 1 } } },
  ])
})

it('leaves bad records out with status 1, in the dry run too, and imports nothing of them with --strict', async () => {
  const { run, list } = folderOf({
    'half.json': '[{"text": "Mara left .", "triple_list": []}, {"text": 5, "triple_list": []}]',
  })
  for (const options of [['--dry-run'], ['--strict', '--dry-run'], ['--strict']]) {
    const { code, stderr } = await run(['half.json'], ...options)
    expect(code).toBe(1)
    expect(stderr).toContain(
      options.includes('--strict') ? 'a strict import takes every record or nothing' : '1 record was left out',
    )
    expect(await list()).toEqual([])
  }
  const { code, stdout, stderr } = await run(['half.json'])
  expect([code, stdout.split('\n')[0]]).toEqual([1, 'Imported 1 sentence into train of "C" (casrel-json).'])
  expect(stderr).toMatch(
    /rejected: half\.json, 2: text: expected a string, found 5\n1 record was left out and named above\. With --strict/,
  )
  expect(await list()).toHaveLength(1)
  const again = await run(['half.json'], '--dry-run')
  expect([again.code, again.stdout.split('\n')[0]]).toEqual([
    1,
    'Would import nothing of 1 sentence into train of "C" (casrel-json).',
  ])
  expect(again.stderr).toContain('is already imported')
})

it('says what was repaired and taken once, and what an option would read', async () => {
  const { run } = folderOf({
    'flaws.json':
      '[{"text": "Mara met Zoe\\tin Tarnow.", "triple_list": [["Mara", "met", "Zo\u00eb"], ["Mara ", "in", "Tarnow"], ["Mara", "in", "Tarnow"]]}]',
  })
  const { code, stdout } = await run(['flaws.json'], '--dry-run')
  expect(code).toBe(0)
  expect(stdout).toContain(
    'Repaired: 1 text with tabs, line breaks or other white space between words; 1 string with white space at an end, trimmed; 1 word split where the string of a triple begins or ends.',
  )
  expect(stdout).toContain('Taken once: 1 repeated triple.')
  expect(stdout).toContain(
    '1 triple stands in the text only with other accents, or none. To read it so: --fold-accents',
  )
  expect((await run(['flaws.json'], '--dry-run', '--fold-accents')).stdout).toContain('0 triples whose strings')
})

it('tells apart files of one name, and keeps their order', async () => {
  const { run } = folderOf({ 'b/x.txt': 'Mara left.', 'a/x.txt': 'Ada left.' })
  const { stdout } = await run(['b/x.txt', 'a/x.txt'], '--json')
  expect(JSON.parse(stdout)).toMatchObject({ files: [{ name: 'b/x.txt' }, { name: 'a/x.txt' }] })
})

it('takes nothing for prose that is something else, unless it is told to, and reads annotations of brat', async () => {
  const { run, list } = folderOf({
    'tei.txt': '<TEI><p>Mara left.</p></TEI>',
    'table.txt': 'subject\tobject\nMara\tTarnow\n',
    'news.txt': 'Mara left.',
    'news.ann': 'T1\tPER 0 4\tMara\n',
    'empty.txt': 'Ada left.',
    'empty.ann': '',
  })
  for (const [name, look] of [
    ['tei.txt', 'marked-up text'],
    ['table.txt', 'a table'],
  ] as const) {
    const { code, stderr } = await run([name])
    expect([name, code]).toEqual([name, 1])
    expect(stderr).toContain(`${name} looks like ${look}`)
  }
  expect(await list()).toEqual([])
  const { code, stderr } = await run(['tei.txt', 'news.txt', 'empty.txt'], '--format', 'plain-text')
  expect(code).toBe(0)
  expect(stderr).toMatch(
    /^note: news\.txt: news\.ann stands beside it, with annotations of brat: only the text was taken, the format brat takes both$/m,
  )
  expect(stderr).not.toContain('empty.ann')
  for (const name of ['news.txt', 'news.ann']) {
    const { stdout } = await run([name], '--dry-run')
    expect(stdout).toMatch(/1 sentence into train[^]*1 span\./)
  }
})

describe('how a file was understood', () => {
  const columns = 'Mara B-PER\nVelt I-PER\nleft O\n'

  it('is told once: what the whole file shows, in place of what its beginning does', async () => {
    const late = `${columns}\n`.repeat(20_000)
    const { stdout, stderr } = await folderOf({ 'late.conll': `${late}Ada U-PER\n` }).run(['late.conll'])
    expect(`${stdout}${stderr}`.match(/set apart by white space/g)).toHaveLength(1)
    expect(stdout).toMatch(/late\.conll is read as conll-columns: it has 2 columns .* which are BILOU/)
  })

  it('is told also where the format is named', async () => {
    const { stdout } = await folderOf({ 'a.txt': columns }).run(['a.txt'], '--format', 'conll-columns')
    expect(stdout).toMatch(/a\.txt is read as conll-columns: it has 2 columns .* which are BIO2/)
  })
})

describe('what another system suggests', () => {
  const said = (text: string, label: string) =>
    JSON.stringify({ text, entities: [{ id: 1, label, start_offset: 0, end_offset: 3 }], relations: [] })

  it('ends with the same status in a dry run: 1 where a record is left out', async () => {
    const own = said('Ada met Bo .', 'PERSON')
    const { run } = folderOf({ 'own.jsonl': own, 'said.jsonl': `${own}\n${said('Eva left .', 'PERSON')}` })
    await run(['own.jsonl'])
    const tried = await run(['said.jsonl'], '--layer', 'spacy', '--dry-run')
    expect(tried).toMatchObject({ code: 1, stdout: expect.stringContaining('spacy would suggest 1 span') as string })
    const { code, stderr } = await run(['said.jsonl'], '--layer', 'spacy')
    expect(code).toBe(1)
    expect(stderr).toContain('1 record was left out and named above.')
    expect((await run(['own.jsonl'], '--layer', 'spacy')).code).toBe(0)
  })
})
