/** The command line beside a program that has the workspace open: it works through that program, and says the same as alone. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { Run } from '#main/runs/run'
import type { Services } from '#main/services/services'
import { openDoor } from '#main/shell-server/door'
import type { RunningServer } from '#main/shell-server/http'
import { connectToOpen } from '#main/shell-server/open-program'
import { espalier, outcomeOf, startEspalier, untilStderr, type Outcome } from '../support/command-line.ts'
import { importTiny, openTestServices, temporaryFolder } from '../support/services.ts'
import { tinyCorpus } from '../support/tiny-corpus.ts'

const small = ['--hidden', '8', '--batch', '6', '--backend', 'wasm', '--threads', '1']

let workspace: string
let services: Services
let door: RunningServer

beforeEach(async () => {
  workspace = temporaryFolder()
  services = await openTestServices(workspace)
  door = await openDoor({ workspace, port: 0, handlers: services.handlers, windowFolder: null })
  onTestFinished(() => door.close())
})

/** In a folder of its own, with paths that are relative to it. */
function start(args: readonly string[], cwd = temporaryFolder()) {
  const child = startEspalier([...args, '--workspace', workspace], undefined, [], cwd)
  onTestFinished(() => void child.kill('SIGKILL'))
  child.stdin.end()
  return child
}

const run = (args: readonly string[], cwd = temporaryFolder()): Promise<Outcome> =>
  espalier([...args, '--workspace', workspace], '', cwd)

async function closeProgram(): Promise<void> {
  await door.close()
  await services.close()
}

describe('beside an open program', () => {
  it('imports, describes, trains, compares, extracts and exports', { timeout: 120_000 }, async () => {
    const folder = temporaryFolder()
    for (const [split, count] of [['train', 30] as const, ['dev', 8] as const, ['test', 8] as const]) {
      writeFileSync(path.join(folder, `${split}.json`), tinyCorpus(count, count + split.length))
      const imported = await run(['import', '--corpus', 'Tiny', '--split', split, `${split}.json`], folder)
      expect(imported).toMatchObject({ code: 0, stdout: expect.stringContaining(`into ${split} of "Tiny"`) as string })
    }
    expect((await services.handlers.corpora.list()).map(({ name }) => name)).toEqual(['Tiny'])
    expect((await run(['stats', 'Tiny'])).stdout).toContain('Memory floor on test')

    const trained = await run(['train', 'Tiny', '--variant', 'mtl', '--epochs', '2', ...small])
    expect(trained).toMatchObject({ code: 0, stdout: expect.stringMatching(/mtl seed 1 .*finished/) as string })
    expect(trained.stderr).toMatch(/epoch 1 .*\n.*epoch 2 /s)
    expect((await services.handlers.runs.list()).map(({ status }) => status)).toEqual(['finished'])

    expect((await run(['runs'])).stdout).toContain('mtl seed 1')
    expect((await run(['compare', 'mtl', '--match', 'partial'])).stdout).toContain('memory floor')
    writeFileSync(path.join(folder, 'a.txt'), 'Ada Hall leads Norvik Labs.')
    const extracted = await run(['extract', 'mtl', 'a.txt', '--output', 'found.jsonl'], folder)
    expect(extracted).toMatchObject({ code: 0, stderr: expect.stringContaining('from 1 document.') as string })
    const exported = await run(['export', 'Tiny', '--format', 'jsonl', '--output', 'tiny.jsonl'], folder)
    expect(exported).toMatchObject({ code: 0, stdout: 'Wrote tiny.jsonl.\n' })
  })

  it('says what is wrong in the same words, with the same status', async () => {
    await importTiny(services, { train: 3 })
    const calls = [
      ['stats', 'Nope'],
      ['compare', 'nope'],
      ['import', '--corpus', 'A', '--split', 'train', 'nope.json'],
    ]
    const beside = await Promise.all(calls.map((words) => run(words)))
    await closeProgram()
    const alone = await Promise.all(calls.map((words) => run(words)))
    expect(beside).toEqual(alone)
    expect(beside.map(({ code }) => code)).toEqual([1, 1, 1])
  })

  it('tells of its own work, and of nothing that others do', async () => {
    await importTiny(services)
    const training = start(['train', 'Tiny', '--variant', 'mtl', '--epochs', '400', ...small])
    await untilStderr(training, /epoch 1 /)
    const beside = await run(['stats', 'Tiny'])
    expect(beside).toMatchObject({ code: 0, stderr: '' })
    training.kill('SIGINT')
    await outcomeOf(training)
  })

  it('stops its training on Ctrl+C after the present step, and says how to go on', async () => {
    await importTiny(services)
    const child = start(['train', 'Tiny', '--variant', 'mtl,pmei', '--epochs', '5000', ...small])
    const outcome = outcomeOf(child)
    await untilStderr(child, /epoch 1 /)
    child.kill('SIGINT')
    const { code, stderr } = await outcome
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /Stopping after the current step.*Interrupted: .*Resume with: .*resume \w{8} \w{8} --workspace/s,
    )
    expect((await services.handlers.runs.list()).map(({ status }) => status)).toEqual(['interrupted', 'interrupted'])
  })

  it('says when the program ends under it, and what it trained can go on', async () => {
    await importTiny(services)
    const child = start(['train', 'Tiny', '--variant', 'mtl', '--epochs', '5000', ...small])
    const outcome = outcomeOf(child)
    await untilStderr(child, /epoch 1 /)
    await closeProgram()
    expect(await outcome).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/The program that has the workspace open has ended|stopped|Stopped/) as string,
    })
    const [left]: Run[] = JSON.parse((await espalier(['runs', '--json', '--workspace', workspace])).stdout)
    expect(left).toMatchObject({ status: 'interrupted' })
  })
})

describe.each(['beside an open program', 'alone'])('Ctrl+C %s', (where) => {
  const makeReady = async (): Promise<void> => {
    if (where === 'alone') await closeProgram()
  }

  it('takes an import back', async () => {
    await makeReady()
    const folder = temporaryFolder()
    writeFileSync(path.join(folder, 'big.json'), tinyCorpus(20_000, 1))
    const child = start(['import', '--corpus', 'Big', '--split', 'train', 'big.json'], folder)
    const outcome = outcomeOf(child)
    await untilStderr(child, /import big\.json into \S+ +\d+ %/)
    child.kill('SIGINT')
    expect(await outcome).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/The import was cancelled\. Nothing was imported\.\n$/) as string,
    })
    expect((await run(['corpora', '--json'])).stdout).toBe('[]\n')
  })

  it('keeps what an extraction has found so far', { timeout: 120_000 }, async () => {
    await importTiny(services, { train: 30, dev: 6 })
    const trained = await run(['train', 'Tiny', '--variant', 'mtl', '--epochs', '1', ...small])
    expect(trained).toMatchObject({ code: 0 })
    await makeReady()
    const folder = temporaryFolder()
    for (const name of ['a', 'b', 'c'])
      writeFileSync(path.join(folder, `${name}.txt`), 'Ada Hall leads Norvik Labs in Grastad. '.repeat(6000))
    const child = start(['extract', 'mtl', 'a.txt', 'b.txt', 'c.txt'], folder)
    const outcome = outcomeOf(child)
    await untilStderr(child, /extract 3 files +\d+ %/)
    child.kill('SIGINT')
    const { code, stderr } = await outcome
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/extract 3 files is paused; what it did .*\n?.*jobs resume \d+/) as string,
    })
  })
})

describe('a command that has the workspace itself', () => {
  beforeEach(async () => {
    await importTiny(services)
    await closeProgram()
  })

  it('lets others in meanwhile, and waits for them at its end', async () => {
    const training = start(['train', 'Tiny', '--variant', 'mtl', '--epochs', '40', ...small])
    const outcome = outcomeOf(training)
    await untilStderr(training, /epoch 1 /)
    expect((await run(['runs'])).stdout).toMatch(/mtl seed 1 .*running/)
    const other = await connectToOpen(workspace)
    await untilStderr(training, /Waiting for another command/)
    expect((await other?.client.runs.list())?.map(({ status }) => status)).toEqual(['finished'])
    other?.close()
    expect((await outcome).code).toBe(0)
  })

  it('misleads nobody after it was killed', async () => {
    const training = start(['train', 'Tiny', '--variant', 'mtl', '--epochs', '5000', ...small])
    await untilStderr(training, /epoch 1 /)
    training.kill('SIGKILL')
    await outcomeOf(training)
    expect((await run(['runs'])).stdout).toMatch(/mtl seed 1 .*interrupted/)
  })
})

it('a program that has the workspace and does not listen is named', async () => {
  await door.close()
  const { code, stderr } = await run(['runs'])
  expect(code).toBe(1)
  expect(stderr).toMatch(/The workspace .* is open in another process \(.*process \d+\)/)
})
