/** The commands about the bin: what goes is told first, nothing goes unasked, and everything comes back. */
import path from 'node:path'
import { expect, it } from 'vitest'
import { openWorkspace } from '#main/storage/workspace'
import { espalier, type Outcome } from '../support/command-line.ts'
import { makeRun } from '../support/renderer-runs.ts'
import { makeCorpus, temporaryFolder, tripleDocs } from '../support/temporary-workspace.ts'

/** A workspace with the corpus "made", two runs on it and an empty corpus "other"; its commands. */
function open(): (...args: readonly string[]) => Promise<Outcome> {
  const folder = path.join(temporaryFolder(), 'workspace')
  const workspace = openWorkspace(folder)
  const corpusId = makeCorpus(workspace, tripleDocs(['Jon met Ada', ['Jon', 'knows', 'Ada']], ['Jon met Ben']))
  for (const seed of [1, 2]) workspace.runs.insert(makeRun('mtl', seed, { corpusId, createdMs: seed }))
  workspace.corpora.create('other', { entityTypes: [], relationTypes: [], signatures: [] })
  workspace.close()
  return (...args) => espalier([...args, '--workspace', folder])
}

it('tells what goes along, and removes nothing unasked', async () => {
  const run = open()
  const { code, stdout, stderr } = await run('remove', 'corpus', 'made')
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toContain('2 sentences, none of them reviewed, with no acts of annotation.')
  expect(stderr).toContain('2 runs that learnt from it will go along: mtl seed 2, mtl seed 1.')
  expect(stderr).toContain('Everything can be restored from the bin for 30 days.')
  expect(stderr).toContain('Nothing was changed. Add --yes to do it.')
  expect((await run('bin')).stdout).toBe('The bin is empty.\n')
})

it('moves a corpus with its runs to the bin and back, beside one that took its name', async () => {
  const run = open()
  const removed = await run('remove', 'corpus', 'made', '--yes')
  expect(removed.stdout).toMatch(/^Moved made to the bin\. Bring it back with: .*restore 1 --workspace/)
  expect((await run('corpora')).stdout).not.toContain('made')
  expect((await run('runs')).stdout).toContain('There is no run yet.')
  expect((await run('remove', 'corpus', 'made', '--yes')).stderr).toContain('There are: "other".')
  expect((await run('bin')).stdout).toMatch(/^ 1 +corpus +made +2 +0 +2 /m)
  expect((await run('stats', 'made')).stderr).toContain('One of this name is in the bin: "restore 1" brings it back.')
  expect((await run('card', 'mtl seed 2')).stderr).toContain('One of this name is in the bin: "restore 1"')
  expect((await run('restore', '9')).stderr).toContain('There is no entry 9 in the bin. The command "bin" lists')
  expect((await run('restore', '1', '--name', 'other')).stderr).toContain('There is already a corpus "other"')
  const restored = await run('restore', '1', '--name', 'made again')
  expect(restored).toMatchObject({ code: 0, stdout: 'Restored made again, mtl seed 1, mtl seed 2.\n' })
  expect(JSON.parse((await run('runs', '--json')).stdout)).toHaveLength(2)
})

it('removes a run alone, asks about its corpus before it comes back, and erases for good', async () => {
  const run = open()
  expect((await run('remove', 'run', 'mtl seed 1', '--keep-runs')).code).toBe(2)
  await run('remove', 'run', 'mtl seed 1', '--yes')
  await run('remove', 'corpus', 'made', '--keep-runs', '--yes')
  expect((await run('runs')).stdout).toMatch(/mtl seed 2/)
  const asked = await run('restore', '1')
  expect(asked.stderr).toContain('mtl seed 1 learnt from "made", which is in the bin too. Add --with-corpus')
  expect((await run('restore', '1', '--with-corpus')).stdout).toBe('Restored made, mtl seed 1.\n')
  await run('remove', 'run', 'mtl seed 1', '--yes')
  const erased = await run('bin', '--erase', '3', '--yes')
  expect(erased).toMatchObject({ code: 0, stdout: 'Erased mtl seed 1.\n' })
  expect(erased.stderr).toContain('The run with epochs, predictions, scores and 0.0 MB of checkpoints.')
  expect((await run('bin', '--json')).stdout).toBe('[]\n')
})
