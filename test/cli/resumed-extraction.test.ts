/** Extracting from the command line: what is not there is refused at once, and what stopped goes on writing. */
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { espalier, importTinyFiles, startEspalier } from '../support/command-line.ts'
import { temporaryFolder } from '../support/services.ts'

const small = ['--hidden', '12', '--batch', '4', '--backend', 'wasm', '--dropout', '0']

it('is refused for a missing path before there is a job, and writes all documents when it is resumed', async () => {
  const folder = temporaryFolder()
  const workspace = ['--workspace', path.join(folder, 'workspace')]
  await importTinyFiles(folder, workspace[1] ?? '')
  await espalier(['train', 'Tiny', '--variant', 'mtl', '--epochs', '1', ...small, ...workspace])

  const missing = path.join(folder, 'no-such.txt')
  const refused = await espalier(['extract', 'mtl', missing, ...workspace])
  expect(refused).toMatchObject({ code: 1, stdout: '' })
  expect(refused.stderr).toContain('no-such.txt')
  const jobs = async () =>
    (
      JSON.parse((await espalier(['jobs', '--json', ...workspace])).stdout) as {
        jobId: number
        kind: string
        state: string
      }[]
    ) // printed by the command
      .filter(({ kind }) => kind === 'extract')
  expect(await jobs()).toEqual([])

  const texts = path.join(folder, 'texts')
  mkdirSync(texts)
  for (let at = 0; at < 400; at++)
    writeFileSync(path.join(texts, `${at}.txt`), `Ilse Dorn founded Nordvane ${at}. `.repeat(20))
  const child = startEspalier(['extract', 'mtl', texts, ...workspace])
  child.stdin.end()
  const ended = new Promise((resolve) => child.once('close', resolve))
  await new Promise((resolve) => child.stdout.once('data', resolve))
  child.kill('SIGINT')
  await ended
  const [stopped] = await jobs()
  expect(stopped?.state).toBe('paused')
  const resumed = await espalier(['jobs', 'resume', String(stopped?.jobId), ...workspace])
  expect(resumed).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('those found before it stopped included') as string,
  })
  const documents = resumed.stdout
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { document: string }).document)
  expect(new Set(documents).size).toBe(400)
  expect(documents).toHaveLength(400)
}, 120_000)
