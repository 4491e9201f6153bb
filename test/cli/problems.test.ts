/** The command that tells the problems of imports, as a process of its own. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { espalier } from '../support/command-line.ts'
import { temporaryFolder } from '../support/services.ts'

it('counts problems by kind, lists them with file and record, and narrows them', async () => {
  const folder = temporaryFolder()
  const workspace = path.join(folder, 'workspace')
  const file = path.join(folder, 'flawed.json')
  const records = [
    { text: 'Ada met Ben .', triple_list: [['Ada', 'met', 'Cid']] },
    { text: 3, triple_list: [] },
  ]
  writeFileSync(file, JSON.stringify(records))
  await espalier(['import', file, '--corpus', 'Flawed', '--workspace', workspace])
  const problems = (...args: string[]) => espalier(['problems', 'Flawed', '--workspace', workspace, ...args])
  const { stdout, code } = await problems()
  expect(code).toBe(0)
  expect(stdout).toMatch(/^rejected +.* 1$/m)
  expect(stdout).toMatch(/^2 problems\.$/m)
  expect(stdout).toMatch(/^flawed\.json, 1: note: "Cid" .* \(train 1\)$/m)
  expect(stdout).toMatch(/^flawed\.json, 2: rejected: /m)
  const told = JSON.parse((await problems('--severity', 'rejected', '--json')).stdout)
  expect(told).toMatchObject({ total: 1, kept: 1, rows: [{ line: 2, sentence: null }] })
  expect(await problems('--severity', 'grave')).toMatchObject({ code: 2 })
})
