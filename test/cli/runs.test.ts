/** Training, comparing and extracting from the command line, with a real model that is small enough for seconds. */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import type { JobView } from '#main/api/jobs'
import type { ExtractedDocument } from '#main/document/extracted-document'
import type { Run } from '#main/runs/run'
import { espalier, importTinyFiles, startEspalier, untilStderr, pressCtrlC } from '../support/command-line.ts'
import { tinyCorpus } from '../support/tiny-corpus.ts'
import { temporaryFolder } from '../support/services.ts'

const small = ['--hidden', '12', '--batch', '4', '--backend', 'wasm', '--dropout', '0', '--learning-rate', '0.01']

it('trains, lists, evaluates, compares and extracts', { timeout: 120_000 }, async () => {
  const folder = temporaryFolder()
  const workspace = ['--workspace', path.join(folder, 'workspace')]
  await importTinyFiles(folder, workspace[1] ?? '')
  const trained = await espalier([
    'train',
    'Tiny',
    '--variant',
    'mtl,pmei',
    '--epochs',
    '8',
    '--tuning',
    'none',
    ...small,
    ...workspace,
  ])
  expect(trained).toMatchObject({ code: 0 })
  expect(trained.stderr).toMatch(/ {2}\d+ s \+ \d+ s dev {2}\d+ MB/)
  expect(trained.stderr).toMatch(/mtl seed 1 {2}epoch 8 {2}loss \S+ {2}dev exact P [\d.]+ R [\d.]+ F1 [\d.]+/)
  expect(trained.stdout).toMatch(/pmei seed 1 +Tiny +finished +8/)

  const runs: Run[] = JSON.parse((await espalier(['runs', '--json', ...workspace])).stdout)
  expect(runs.map(({ name, status }) => `${name} ${status}`).sort()).toEqual([
    'mtl seed 1 finished',
    'pmei seed 1 finished',
  ])
  const mtl = runs.find(({ config }) => config.variant === 'mtl')?.runId ?? ''

  const byPrefix = await espalier(['evaluate', mtl.slice(0, 8), '--split', 'test', '--json', ...workspace])
  const byName = await espalier(['evaluate', 'mtl seed 1', '--split', 'test', '--json', ...workspace])
  expect(byPrefix.stdout).toBe(byName.stdout)
  const { triples } = JSON.parse(byName.stdout)
  expect(triples.exact.f1).toBeGreaterThan(0)

  const drawn = await espalier(['evaluate', 'pmei seed 1', '--draws', '3', ...workspace])
  expect(drawn.stdout).toMatch(/exact over 3 draws of the stochastic maps: P [\d.]+ ± [\d.]+ {2}R .* F1 /)
  expect((await espalier(['evaluate', mtl, '--draws', '3', ...workspace])).stderr).toContain('no stochastic map')

  expect((await espalier(['tune', mtl, ...workspace])).stdout).toMatch(/on dev/)
  const tuned: Run[] = JSON.parse((await espalier(['runs', '--json', ...workspace])).stdout)
  expect(tuned.find(({ runId }) => runId === mtl)?.thresholds).toMatchObject({ before: { gold: expect.any(Number) } })
  expect((await espalier(['tune', mtl, '--reset', ...workspace])).stdout).toContain('every relation type')

  const calibrated = await espalier(['calibrate', mtl, '--split', 'test', '--precision', '0.5,0.9', ...workspace])
  expect(calibrated.stdout).toMatch(/^mtl seed 1 on test: \d+ sentences, \d+ guesses of which \d+ are right\./)
  expect(calibrated.stdout).toMatch(/before +[\d.]+ % +0\.\d+\nafter +[\d.]+ % +0\.\d+/)
  expect((await espalier(['calibrate', mtl, '--precision', '95', ...workspace])).stderr).toContain('between 0 and 1')

  const compare = ['compare', 'mtl seed 1', 'pmei seed 1', ...workspace]
  expect((await espalier([...compare, '--format', 'latex'])).stdout).toContain('\\begin{tabular}')
  expect(JSON.parse((await espalier([...compare, '--format', 'json'])).stdout).split).toBe('dev')
  const table = JSON.parse((await espalier([...compare, '--split', 'test', '--format', 'json'])).stdout)
  expect(table.rows.find(({ label }: { label: string }) => label === 'mtl').f1.mean).toBeCloseTo(triples.exact.f1, 12)

  const text = '🌱 Ilse Dorn founded Nordvane. Jon Reed led Orbisk in Tarnow.'
  const file = path.join(folder, 'note.txt')
  writeFileSync(file, text)
  const output = path.join(folder, 'found.jsonl')
  const extracted = await espalier(
    ['extract', 'mtl', file, '-', '--output', output, ...workspace],
    'Tam Okwe led Calden.',
  )
  expect(extracted).toMatchObject({ code: 0, stdout: '' })
  const documents = readFileSync(output, 'utf8')
    .trim()
    .split('\n')
    .map((line): ExtractedDocument => JSON.parse(line))
  expect(documents.map(({ document, sentences }) => [document, sentences.length])).toEqual([
    ['note.txt', 2],
    ['stdin.txt', 1],
  ])

  // labels of another tool are no text: they are refused in their place, and the status says that something was left out
  const gold = path.join(folder, 'gold.txt')
  writeFileSync(gold, '[{"sentence": "Ilse Dorn founded Nordvane .", "spo": []}]')
  const partly = await espalier(['extract', 'mtl', gold, file, ...workspace])
  expect(partly.code).toBe(1)
  expect(partly.stderr).toMatch(
    /gold\.txt looks like JSON.*Extracted \d+ triples? from 1 document; 1 document could not be read/s,
  )
  expect(
    partly.stdout
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line).document),
  ).toEqual(['gold.txt', 'note.txt'])
  const none = await espalier(['extract', 'mtl', gold, ...workspace])
  expect(none.code).toBe(1)
  expect(none.stderr).toContain('failed: The only document could not be read')
  expect(JSON.parse((await espalier(['results', '--json', ...workspace])).stdout)[0]).toMatchObject({
    status: 'failed',
  })
  const old = await espalier(['extract', 'mtl', ...workspace], Buffer.from('Zo\u00eb led Calden.', 'latin1'))
  expect(old.code).toBe(1)
  expect(old.stderr).toContain('stdin.txt is not UTF-8: the byte at offset 2')

  const found = documents[0]?.sentences.flatMap(({ spans }) => spans) ?? []
  expect(found.length).toBeGreaterThan(0)
  const codePoints = Array.from(text)
  for (const { start, end, text: words, probability } of found) {
    expect(codePoints.slice(start, end).join('')).toBe(words)
    expect(probability).toBeGreaterThan(0)
  }
})

it('stops after the step on Ctrl+C, says how to go on, and goes on from there', { timeout: 120_000 }, async () => {
  const folder = temporaryFolder()
  const workspace = ['--workspace', path.join(folder, 'workspace')]
  await importTinyFiles(folder, workspace[1] ?? '')
  const stopAfterAnEpoch = async (args: readonly string[]) => {
    const child = startEspalier([...args, ...workspace])
    const code = new Promise<number | null>((resolve) => child.once('close', resolve))
    let stderr = ''
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
    await untilStderr(child, /epoch \d+ {2}loss/)
    pressCtrlC(child)
    return { code: await code, stderr }
  }
  const stopped = await stopAfterAnEpoch(['train', 'Tiny', '--variant', 'mtl', '--epochs', '5000', ...small])
  expect(stopped.code).toBe(1)
  const [, command = '', id = ''] = /espalier -- (resume) (\w+) --workspace/.exec(stopped.stderr) ?? []
  const [run]: Run[] = JSON.parse((await espalier(['runs', '--json', ...workspace])).stdout)
  expect(stopped.stderr).toMatch(/Interrupted: mtl seed 1 after epoch \d+\. Resume with: /)
  expect(run).toMatchObject({ status: 'interrupted' })
  expect(run?.runId.startsWith(id)).toBe(true)

  const resumed = await stopAfterAnEpoch([command, id])
  const [, firstEpoch] = /epoch (\d+) {2}loss/.exec(resumed.stderr) ?? []
  expect(Number(firstEpoch)).toBe((run?.epoch ?? 0) + 1)
})

it('goes on with every interrupted run, in the order they were made', { timeout: 120_000 }, async () => {
  const folder = temporaryFolder()
  const workspace = ['--workspace', path.join(folder, 'workspace')]
  await importTinyFiles(folder, workspace[1] ?? '')
  expect((await espalier(['resume', '--all', ...workspace])).stdout).toBe('No run was interrupted.\n')
  const child = startEspalier(['train', 'Tiny', '--variant', 'mtl,pmei', '--epochs', '300', ...small, ...workspace])
  const ended = new Promise((resolve) => child.once('close', resolve))
  await untilStderr(child, /epoch \d+ {2}loss/)
  child.kill('SIGKILL')
  await ended
  const again = startEspalier(['resume', '--all', ...workspace])
  const code = new Promise<number | null>((resolve) => again.once('close', resolve))
  let stderr = ''
  again.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()))
  await untilStderr(again, /mtl seed 1 {2}epoch \d+ {2}loss/)
  pressCtrlC(again)
  expect(await code).toBe(1)
  expect(stderr).toMatch(/Interrupted: mtl seed 1 .*, pmei seed 1 .*\. Resume with: .* resume \w{8} \w{8} /)
  const stopped: Run[] = JSON.parse((await espalier(['runs', '--json', ...workspace])).stdout)
  expect(stopped.map(({ status }) => status)).toEqual(['interrupted', 'interrupted'])
})

it(
  'passes over an interrupted run that cannot go on, tells why, and goes on with the others',
  { timeout: 120_000 },
  async () => {
    const folder = temporaryFolder()
    const workspace = ['--workspace', path.join(folder, 'workspace')]
    await importTinyFiles(folder, workspace[1] ?? '')
    const child = startEspalier(['train', 'Tiny', '--variant', 'mtl,pmei', '--epochs', '300', ...small, ...workspace])
    const ended = new Promise((resolve) => child.once('close', resolve))
    await untilStderr(child, /mtl seed 1 {2}epoch \d+ {2}loss/)
    child.kill('SIGKILL')
    await ended
    const more = path.join(folder, 'more.json')
    writeFileSync(more, tinyCorpus(3, 99))
    await espalier(['import', '--corpus', 'Tiny', '--split', 'train', ...workspace, more])
    const again = startEspalier(['resume', '--all', ...workspace])
    const code = new Promise<number | null>((resolve) => again.once('close', resolve))
    const stderr = await untilStderr(again, /pmei seed 1 {2}epoch \d+ {2}loss/)
    expect(stderr).toContain('has changed since mtl seed 1 was trained on it, so it cannot go on.')
    pressCtrlC(again)
    expect(await code).toBe(1)
    // what somebody cancelled is left out
    const jobs: JobView[] = JSON.parse((await espalier(['jobs', '--json', ...workspace])).stdout)
    const { jobId } = jobs.find(({ title }) => title === 'train pmei seed 1') ?? {}
    expect((await espalier(['jobs', 'cancel', String(jobId), ...workspace])).code).toBe(0)
    const alone = await espalier(['resume', '--all', ...workspace])
    expect(alone).toMatchObject({ code: 1, stdout: '' })
    expect(alone.stderr).toMatch(
      /mtl seed 1 .*cannot go on.*\n1 of 1 interrupted runs could not be resumed, for the reasons above\.\n$/s,
    )
  },
)
