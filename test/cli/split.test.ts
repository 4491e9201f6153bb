/** The command that divides a corpus, as a process of its own. */
import path from 'node:path'
import { expect, it } from 'vitest'
import { espalier, importTinyFiles } from '../support/command-line.ts'
import { temporaryFolder } from '../support/services.ts'

it('divides by shares and a seed, moves what matches, takes it back, and says what it did', async () => {
  const folder = temporaryFolder()
  const workspace = path.join(folder, 'workspace')
  await importTinyFiles(folder, workspace)
  const split = (...args: string[]) => espalier(['split', 'Tiny', '--workspace', workspace, ...args])
  const sizes = async () => {
    const [{ splits }] = JSON.parse((await espalier(['corpora', '--workspace', workspace, '--json'])).stdout)
    return [splits.train.sentences, splits.dev.sentences, splits.test.sentences]
  }
  const shares = ['--shares', '50,25,25', '--seed', '3', '--stratify', 'relations', '--group', 'documents']
  const shown = await split(...shares, '--dry-run')
  expect(shown.stdout).toMatch(/^sentences +42 +21 +21$/m)
  expect(await sizes()).toEqual([60, 12, 12])
  expect((await split(...shares)).stdout).toMatch(/^Split by 50, 25, 25 with seed 3: \d+ sentences moved\.\n/)
  expect(await sizes()).toEqual([42, 21, 21])
  expect((await split(...shares)).stdout).toMatch(/^Nothing moved: all documents are where this seed puts them\./)
  expect((await split('--to', 'train', '--from', 'test')).stdout).toBe(
    '21 sentences moved to train. --undo takes it back.\n',
  )
  expect((await split('--undo')).stdout).toBe('Undo: 21 sentences moved to train. --redo does it again.\n')
  expect(await sizes()).toEqual([42, 21, 21])
  expect((await split('--redo')).stdout).toBe('Redo: 21 sentences moved to train.\n')
  expect(await sizes()).toEqual([63, 21, 0])
  expect((await split('--redo')).stdout).toBe(
    'Nothing to do again: nothing was taken back since splits were changed.\n',
  )
  await split('--undo')
  expect(await split('--shares', '80,20')).toMatchObject({ code: 2, stderr: expect.stringMatching(/three numbers/) })
  expect(await split()).toMatchObject({ code: 2, stderr: expect.stringMatching(/one of --shares/) })
  expect(await split('--to', 'dev', '--gold', 'differs')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/--run/),
  })
  expect(await split('--to', 'dev', '--run', 'none')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/no run "none"/),
  })
  expect(await split('--to', 'dev', '--least-confidence', '2')).toMatchObject({ code: 2 })
  expect(await split('--to', 'dev', '--saved', 'hard')).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/no saved filter "hard"/),
  })
  const leaks = await espalier(['leaks', 'Tiny', '--workspace', workspace])
  expect(leaks.stdout).toMatch(/^test +in train +\d+ +\d+$/m)
  expect(leaks.stdout).toMatch(/^Triples of test that stand in train: \d+ of \d+ \(\d+\.\d %\)\.$/m)
})
