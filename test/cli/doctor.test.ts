/** The doctor, as a process: it ends by itself with the workspace closed, however the worker's end falls. */
import path from 'node:path'
import { expect, it } from 'vitest'
import { espalier } from '../support/command-line.ts'
import { temporaryFolder } from '../support/services.ts'

it('names every backend with a reason, checks the database, and ends with 0 every time', async () => {
  const workspace = path.join(temporaryFolder(), 'workspace')
  for (let time = 0; time < 5; time++) {
    const { code, stdout, stderr } = await espalier(['doctor', '--workspace', workspace, '--json'])
    expect([code, stderr]).toEqual([0, ''])
    const report = JSON.parse(stdout)
    expect(report.backends.map(({ name }: { name: string }) => name)).toEqual(['tensorflow-gpu', 'tensorflow', 'wasm'])
    expect(report.backends.every(({ reason }: { reason: string }) => reason.length > 10)).toBe(true)
    expect(report.workspace).toMatchObject({ integrity: 'ok' })
  }
})
