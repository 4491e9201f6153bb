/** The commands about corpora, as a process on a workspace in a temporary folder. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { espalier, importTinyFiles } from '../support/command-line.ts'
import { openTestServices, temporaryFolder } from '../support/services.ts'

it('imports, lists, describes and exports, with nothing but JSON on stdout when asked', async () => {
  const folder = temporaryFolder()
  const workspace = path.join(folder, 'workspace')
  const imports = await importTinyFiles(folder, workspace)
  expect(imports.map(({ code }) => code)).toEqual([0, 0, 0])
  expect(imports.map(({ stdout }) => JSON.parse(stdout).sentences)).toEqual([60, 12, 12])

  const listed = await espalier(['corpora', '--workspace', workspace])
  expect(listed.stdout).toMatch(/^Tiny +train +60 /m)
  const corpora = JSON.parse((await espalier(['corpora', '--workspace', workspace, '--json'])).stdout)
  expect(corpora).toMatchObject([{ name: 'Tiny', splits: { train: { sentences: 60 }, test: { sentences: 12 } } }])

  const statistics = JSON.parse((await espalier(['stats', 'Tiny', '--workspace', workspace, '--json'])).stdout)
  const triples = corpora[0].splits.test.triples
  expect(statistics.splits).toMatchObject([
    { split: 'train' },
    { split: 'dev' },
    { split: 'test', uniqueTriples: triples },
  ])
  expect((await espalier(['stats', 'Tiny', '--workspace', workspace])).stdout).toMatch(/Memory floor on test: F1 \d/)

  const complete = path.join(folder, 'tiny.jsonl')
  const exported = await espalier([
    'export',
    'Tiny',
    '--workspace',
    workspace,
    '--format',
    'jsonl',
    '--output',
    complete,
  ])
  expect(exported).toMatchObject({ code: 0, stdout: `Wrote ${complete}.\n` })
  const again = path.join(folder, 'test again.json')
  const args = ['export', 'Tiny', '--workspace', workspace, '--format', 'casrel-json', '--split', 'test']
  expect((await espalier([...args, '--output', again])).code).toBe(0)
  expect(JSON.parse(readFileSync(again, 'utf8'))).toEqual(
    JSON.parse(readFileSync(path.join(folder, 'test.json'), 'utf8')),
  )
})

it('only reports with --dry-run', async () => {
  const workspace = temporaryFolder()
  const file = path.join(workspace, 'note.txt')
  writeFileSync(file, 'Mara Velt lives here. She left.')
  const args = ['import', '--workspace', workspace, '--corpus', 'Notes', '--split', 'dev', file]
  const { code, stdout } = await espalier([...args, '--dry-run'])
  expect({ code, first: stdout.split('\n')[0] }).toEqual({
    code: 0,
    first: 'Would import 2 sentences into dev of "Notes" (plain-text).',
  })
  expect(JSON.parse((await espalier(['corpora', '--workspace', workspace, '--json'])).stdout)).toEqual([])
})

it('refuses a file that is not what it seems, names file and place, and imports none of the others', async () => {
  const folder = temporaryFolder()
  const workspace = path.join(folder, 'workspace')
  const good = path.join(folder, 'good.txt')
  const bad = path.join(folder, 'bad.json')
  writeFileSync(good, 'Mara Velt founded Orbisk.')
  writeFileSync(bad, '[{"text": "Mara Velt left .", "triple_list": [["Mara Velt", "left"]]}]')
  const args = ['import', '--workspace', workspace, '--corpus', 'Mixed', '--split', 'train', good, bad]
  const { code, stdout, stderr } = await espalier(args)
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toContain('bad.json')
  expect(stderr).toContain('triple_list[0]')
  expect(stderr).not.toContain('    at ') // a sentence, not a stack
  expect((await espalier(['corpora', '--workspace', workspace])).stdout).toContain('There is no corpus yet')
})

it('exits with 1 and the way out when something is not there', async () => {
  const workspace = temporaryFolder()
  const failures = [
    [['stats', 'Nowhere'], /no corpus "Nowhere"/],
    [['evaluate', 'pmei seed 9', '--split', 'test'], /no run "pmei seed 9"/],
    [['import', '--corpus', 'A', '--split', 'dev', 'missing.json'], /missing\.json cannot be read: it does not exist/],
  ] as const
  for (const [args, message] of failures) {
    const { code, stdout, stderr } = await espalier([...args, '--workspace', workspace])
    expect({ args, code, stdout }).toEqual({ args, code: 1, stdout: '' })
    expect(stderr).toMatch(message)
  }
})

it('exits with 2 when it is misused, before it touches the workspace', async () => {
  const workspace = path.join(temporaryFolder(), 'never made')
  const misuses = [
    [],
    ['nonsense'],
    ['stats'],
    ['import', '--corpus', 'A'],
    ['import', 'x.json'],
    ['import', '--corpus', 'A', '--split', 'half', 'x.json'],
    ['train', 'A', '--variant', 'lstm'],
    ['train', 'A', '--variant', 'mtl', '--seeds', '1,two'],
    ['train', 'A', '--variant', 'mtl', '--dropout', '1'],
    ['train', 'A', '--variant', 'mtl', '--epochs', '0'],
    ['train', 'A', '--variant', 'mtl', '--epochs', '1e9'],
    ['train', 'A', '--variant', 'mtl', '--threads', '1000'],
    ['train', 'A', '--variant', 'mtl', '--frozen'],
    ['resume'],
    ['resume', 'mtl', '--all'],
    ['compare', 'mtl', '--match', 'fuzzy'],
    ['export', 'A', '--format', 'jsonl'],
  ]
  const outcomes = await Promise.all(
    misuses.map((args) => espalier(args.length ? [...args, '--workspace', workspace] : [])),
  )
  expect(outcomes.map(({ code, stdout }, at) => [misuses[at], code, stdout])).toEqual(
    misuses.map((args) => [args, 2, '']),
  )
  for (const { stderr } of outcomes) expect(stderr).not.toBe('')
  expect(existsSync(workspace)).toBe(false)
})

it('leaves a workspace alone that another process has open', async () => {
  const workspace = temporaryFolder()
  await openTestServices(workspace)
  const { code, stdout, stderr } = await espalier(['corpora', '--workspace', workspace])
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toMatch(/in use|open/i)
})

it('refuses bytes that are no text, and imports nothing of them', async () => {
  const folder = temporaryFolder()
  const workspace = path.join(folder, 'workspace')
  const file = path.join(folder, 'picture.txt')
  writeFileSync(file, Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0x41))
  const { code, stderr } = await espalier([
    'import',
    '--corpus',
    'A',
    '--split',
    'train',
    file,
    '--workspace',
    workspace,
  ])
  expect(code).toBe(1)
  expect(stderr).toContain('picture.txt is not UTF-8: the byte at offset 0 (line 1) is FF.')
  expect((await espalier(['corpora', '--workspace', workspace, '--json'])).stdout.trim()).toBe('[]')
})
