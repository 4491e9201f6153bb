/** The command that describes a corpus, or two side by side, as a process of its own. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { espalier } from '../support/command-line.ts'
import { temporaryFolder } from '../support/services.ts'

it('sets two corpora side by side, split by split or the two that are named', async () => {
  const folder = temporaryFolder()
  const workspace = path.join(folder, 'workspace')
  const load = async (corpus: string, split: string, type: string, count: number) => {
    const file = path.join(folder, `${corpus}-${split}.json`)
    const records = Array.from({ length: count }, (_, at) => ({
      text: `Ada met Ben${at} .`,
      triple_list: [['Ada', type, `Ben${at}`]],
    }))
    writeFileSync(file, JSON.stringify(records))
    await espalier(['import', file, '--corpus', corpus, '--split', split, '--workspace', workspace])
  }
  await load('One', 'train', 'met', 3)
  await load('Other', 'train', 'met', 5)
  await load('Other', 'test', 'knows', 2)
  const stats = (...args: string[]) => espalier(['stats', ...args, '--workspace', workspace])
  const { stdout } = await stats('One', 'Other')
  expect(stdout).toMatch(/^ +One, train +Other, train +difference$/m)
  expect(stdout).toMatch(/^Sentences +3 +5 +\+2$/m)
  expect(stdout).toMatch(/^ +One, test +Other, test +difference$/m)
  expect(stdout).toMatch(/^knows +0 \(0\.0 %\) +2 \(28\.6 %\) +only in Other$/m)
  const told = JSON.parse((await stats('One', 'Other', '--split', 'train', '--other-split', 'test', '--json')).stdout)
  expect(told).toMatchObject({ names: ['One', 'Other'], splits: [{ splits: ['train', 'test'] }] })
  expect(told.splits[0].figures[0]).toMatchObject({ label: 'Sentences', values: [3, 2], difference: -1 })
  expect(await stats('One', '--split', 'train')).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/Name the other corpus/),
  })
  expect((await stats('One')).stdout).toMatch(/^sentences +3 +0 +0$/m)
})
