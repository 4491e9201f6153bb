/** Runs are named, renamed and noted on from the command line, and a name that several have lists them. */
import path from 'node:path'
import { expect, it } from 'vitest'
import type { Run } from '#main/runs/run'
import { espalier, importTinyFiles } from '../support/command-line.ts'
import { temporaryFolder } from '../support/services.ts'

const small = ['--hidden', '4', '--word-width', '4', '--epochs', '1', '--backend', 'wasm', '--threads', '1']

it('names, renames and notes on runs, and lists those that one name could mean', { timeout: 180_000 }, async () => {
  const folder = temporaryFolder()
  const workspace = ['--workspace', path.join(folder, 'workspace')]
  await importTinyFiles(folder, workspace[1] ?? '')
  const train = (...args: string[]) => espalier(['train', 'Tiny', '--variant', 'mtl', ...small, ...args, ...workspace])
  expect((await train('--name', 'first try', '--seeds', '1,2')).stdout).toMatch(
    /first try seed 1 .*\n.*first try seed 2/,
  )
  expect((await train('--name', ' ')).stderr).toContain('a run needs a name')
  expect(await train()).toMatchObject({ code: 0 })
  expect(await train('--dropout', '0.2')).toMatchObject({ code: 0 })

  const listed = await espalier(['runs', ...workspace])
  expect(listed.stdout).toMatch(/mtl seed 1 +Tiny .*input dropout 0\.2\n/)
  expect(listed.stdout).toMatch(/mtl seed 1 +Tiny .*input dropout 0\.5\n/)
  const ambiguous = await espalier(['runs', 'note', 'mtl seed 1', ...workspace])
  expect(ambiguous).toMatchObject({ code: 1, stdout: '' })
  expect(ambiguous.stderr).toMatch(
    /^2 runs are called "mtl seed 1"\. Give the id of one:\n {2}\w{8} {2}mtl seed 1 {2}.*input dropout 0\.2\n {2}\w{8} .*0\.5\n$/,
  )

  const [latest]: Run[] = JSON.parse((await espalier(['runs', '--json', ...workspace])).stdout)
  const id = latest?.runId.slice(0, 8) ?? ''
  expect(await espalier(['runs', 'rename', id, 'less of it dropped', ...workspace])).toMatchObject({
    stdout: 'mtl seed 1 is called less of it dropped now.\n',
  })
  const note = 'learns less\nthan I thought'
  expect(await espalier(['runs', 'note', 'less of it dropped', note, ...workspace])).toMatchObject({ code: 0 })
  expect((await espalier(['runs', 'note', 'less of it dropped', ...workspace])).stdout).toBe(`${note}\n`)
  expect((await espalier(['runs', 'note', 'mtl seed 1', ...workspace])).stdout).toBe('\n')
  const card = (await espalier(['card', 'less of it dropped', '--split', 'dev', ...workspace])).stdout
  expect(card).toMatch(/^# less of it dropped on Tiny\n\n> learns less\n> than I thought\n/)

  expect(await train('--from', 'less of it dropped')).toMatchObject({ code: 0 })
  const child = JSON.parse((await espalier(['runs', '--json', ...workspace])).stdout)[0].runId
  expect((await espalier(['card', child, '--split', 'dev', ...workspace])).stdout).toContain(
    `| Started from | less of it dropped, ${latest?.runId} |`,
  )
})
