/** `espalier experiment` on a small corpus: estimated, trained, listed, and refused where its file is wrong. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { espalier } from '../support/command-line.ts'
import { temporaryFolder } from '../support/services.ts'
import { tinyCorpus } from '../support/tiny-corpus.ts'

const plan = `name: sizes
corpus: Tiny
variants: mtl
seeds: 1
settings: { hidden: [4, 6], word-width: 4, casing: 0, epochs: 1, backend: wasm, threads: 1 }
`

it('trains the plan of a file and shows its candidates, and says what is wrong with a file', async () => {
  const folder = temporaryFolder()
  const write = (name: string, text: string): string => {
    writeFileSync(path.join(folder, name), text)
    return path.join(folder, name)
  }
  const run = (...args: string[]) => espalier([...args, '--workspace', path.join(folder, 'ws')])
  for (const split of ['train', 'dev'])
    await run('import', '--corpus', 'Tiny', '--split', split, write(`${split}.json`, tinyCorpus(8, split.length)))
  const file = write('sizes.yml', plan)

  const estimate = await run('experiment', file, '--estimate')
  expect(estimate.stdout).toMatch(/^2 combinations of settings, 2 runs in all\n/)
  expect((await run('experiments')).stdout).toMatch(/^No experiment yet/)

  const done = await run('experiment', file)
  expect(done.code).toBe(0)
  expect(done.stdout).toMatch(/^variant +settings +runs +finished +dev F1/)
  expect(done.stdout).toMatch(/^mtl +hidden 6 +1 +1 +\d/m)
  expect((await run('experiments', 'sizes')).stdout).toContain(done.stdout.trim())
  expect((await run('experiments', 'other')).stderr).toContain('There is no experiment "other". There are: sizes.')

  const wrong = await run('experiment', write('wrong.yml', plan.replace('hidden', 'hiden')))
  expect([wrong.code, wrong.stderr]).toEqual([
    1,
    expect.stringContaining('wrong.yml, line 5: "settings.hiden" is not known'),
  ])

  const misused = await run('train', 'Tiny', '--family', 'rin', '--alpha', '1')
  expect(misused).toMatchObject({ code: 2, stderr: expect.stringContaining('error: Alpha is no setting of rin') })
  const few = await run('train', 'Tiny', '--variant', 'mtl', '--train-part', '5000')
  expect(few.stderr).toContain('Part of train is 5,000 sentences, and there are 8 to train on in "Tiny"')
})
