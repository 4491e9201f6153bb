/** The recipes of docs/scale-out.md: other programs start the filter many times, and get what one process gives. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createProgram } from '#main/cli/create-program'
import { createProcessHost } from '#main/compute/host'
import { openServices } from '#main/services/services'
import { espalierBundle, espalierProcess, outcomeOf } from '../support/command-line.ts'
import { importTiny } from '../support/services.ts'
import { trainTiny, untilItFinds } from '../support/trained.ts'

const root = path.resolve(import.meta.dirname, '..', '..')
let folder = ''
let model = ''

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'espalier-scale-'))
  const services = await openServices({
    ...{ workspace: path.join(folder, 'workspace'), config: path.join(folder, 'config') },
    compute: createProcessHost(),
  })
  const runId = await trainTiny(services, await importTiny(services, { train: 60, dev: 6, test: 6 }), untilItFinds)
  model = path.join(folder, 'model')
  await services.handlers.models.export({ runId, path: model, vectors: 'known', replace: false, taskId: 'x' })
  await services.close()
}, 120_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const lines = Array.from(
  { length: 240 },
  (_, at) => `{"id": ${at}, "text": "Mara\\tVelt founded Orbisk ${at} in Tarnow ."}\n`,
)
const filter = (input: string, ...more: readonly string[]) =>
  espalierProcess(['extract', model, '--threads', '1', ...more, '-'], input)

it.runIf(spawnSync('parallel', ['--version']).status === 0)(
  'four processes under GNU parallel write the bytes of one',
  async () => {
    const straight = await filter(lines.join(''))
    const command = `'${process.execPath}' '${espalierBundle}' extract '${model}' --threads 1 -`
    const child = spawn('parallel', ['--pipe', '-N', '60', '--keep-order', '--jobs', '4', command], {
      stdio: 'pipe',
      detached: true,
    })
    child.stdin.end(lines.join(''))
    const outcome = await outcomeOf(child)
    expect([outcome.code, outcome.stdout]).toEqual([0, straight.stdout])
  },
)

it('keeps the protocol of Spark and Hadoop: a line for each line of a partition, no tab in it, and a status', async () => {
  const partitions = [lines.slice(0, 100), [], lines.slice(100)]
  const outcomes = await Promise.all(partitions.map((partition) => filter(partition.join(''), '--allow-failed')))
  expect(outcomes.map(({ code }) => code)).toEqual([0, 0, 0])
  const answers = outcomes.map(({ stdout }) => stdout.split('\n').slice(0, -1))
  expect(answers.map(({ length }) => length)).toEqual(partitions.map(({ length }) => length))
  expect(answers.flat().some((line) => line.includes('\t'))).toBe(false)
  expect(answers.flat().map((line) => (JSON.parse(line) as { id: number }).id)).toEqual(lines.map((_, at) => at))
  const [strict, lenient] = [await filter('{oops\n'), await filter('{oops\n', '--allow-failed')]
  expect([strict.code, lenient.code]).toEqual([1, 0])
  expect(lenient.stdout).toBe(strict.stdout)
})

it('names no option in its recipes that the command lacks', () => {
  const text = readFileSync(path.join(root, 'docs/scale-out.md'), 'utf8')
  const extract = createProgram().commands.find((command) => command.name() === 'extract')
  const known = new Set(extract?.options.map(({ long }) => long))
  const named = [...text.matchAll(/espalier extract [^`\n|]*/g)].flatMap(([call]) => call.match(/--[a-z-]+/g) ?? [])
  expect(named.length).toBeGreaterThan(8)
  expect(named.filter((option) => !known.has(option))).toEqual([])
})
