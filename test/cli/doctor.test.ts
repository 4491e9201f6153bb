/** The doctor, as a process: it ends by itself with the workspace closed, however the worker's end falls. */
import path from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, it } from 'vitest'
import type { DoctorReport } from '#main/api/system'
import { backendNames } from '#main/runs/backend-name'
import { espalier, espalierProcess, importTinyFiles } from '../support/command-line.ts'
import { temporaryFolder } from '../support/services.ts'

it('names every backend with a reason, checks the database, and ends with 0 every time', async () => {
  const workspace = path.join(temporaryFolder(), 'workspace')
  for (let time = 0; time < 2; time++) {
    const { code, stdout, stderr } = await espalierProcess(['doctor', '--workspace', workspace, '--json'])
    expect([code, stderr]).toEqual([0, ''])
    const report = JSON.parse(stdout)
    expect(report.backends.map(({ name }: { name: string }) => name)).toEqual([...backendNames])
    expect(report.backends.every(({ reason }: { reason: string }) => reason.length > 10)).toBe(true)
    expect(report.workspace).toMatchObject({ integrity: 'ok' })
  }
})

it('measures when it is asked to, remembers it, and shows a table with the reason for every backend passed over', async () => {
  const workspace = path.join(temporaryFolder(), 'workspace')
  const measured = await espalierProcess(['doctor', '--measure', '--workspace', workspace, '--json'])
  expect(measured.stderr).toBe('')
  const { backends, chosenBackend, measuredMs } = JSON.parse(measured.stdout) as DoctorReport
  const used = backends.find(({ name }) => name === chosenBackend)
  expect(used).toMatchObject({ isAvailable: true, speed: { ofChosen: 1 }, passedOver: null })
  expect(used?.speed?.stepsPerSecond).toBeGreaterThan(0)
  for (const { name, passedOver } of backends)
    if (name !== chosenBackend) expect(passedOver?.length).toBeGreaterThan(10)

  const { stdout } = await espalierProcess(['doctor', '--workspace', workspace])
  expect(stdout).toContain(`Measured ${new Date(measuredMs ?? 0).toISOString()}. To measure again: `)
  const table = stdout.split('\n').filter((line) => backendNames.some((name) => line.startsWith(`${name} `)))
  expect(table.map((line) => line.split(/ {2,}/)[0])).toEqual([...backendNames])
  expect(table.find((line) => line.startsWith(`${chosenBackend} `))).toMatch(/ used +[\d.]+ +1\.00 /)
})

it('ends with 1 where the database is damaged, and says which command tells more', async () => {
  const folder = temporaryFolder()
  const workspace = path.join(folder, 'workspace')
  await importTinyFiles(folder, workspace)
  const sqlite = new Sqlite(path.join(workspace, 'espalier.sqlite'))
  sqlite.pragma('foreign_keys = OFF')
  sqlite.exec('UPDATE sentence SET doc_id = 999999 WHERE sentence_id = (SELECT MIN(sentence_id) FROM sentence)')
  sqlite.close()
  const { code, stdout } = await espalier(['doctor', '--workspace', workspace])
  expect(code).toBe(1)
  expect(stdout).toMatch(
    /1 row of the table sentence without the rows of doc that they name\.\n  Restore .*\n\nAll that .*: .*check --workspace /,
  )
})
