/** The check of a workspace names what is wrong and what to do, and finds nothing wrong with a sound one. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import Sqlite from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { openWorkspace } from '#main/storage/workspace'
import { espalier } from '../../support/command-line.ts'
import { flipBit } from '../../support/flip-bit.ts'
import { importTiny, openTestServices, temporaryFolder } from '../../support/services.ts'
import { makeCorpus, tripleDocs } from '../../support/temporary-workspace.ts'

/** The sentences that a check of the workspace answers with, and whether it left anything behind. */
async function findingsOf(folder: string): Promise<readonly string[]> {
  const workspace = openWorkspace(folder)
  onTestFinished(() => workspace.close())
  const before = readdirSync(folder)
  const { findings } = await workspace.check()
  expect(readdirSync(folder)).toEqual(before)
  expect(findings.every(({ advice }) => advice.length > 20)).toBe(true)
  return findings.map(({ what }) => what)
}

function closedWorkspace(): string {
  const folder = path.join(temporaryFolder(), 'workspace')
  const workspace = openWorkspace(folder)
  makeCorpus(workspace, tripleDocs(['Mara Velt left Tarnow .', ['Mara Velt', 'left', 'Tarnow']], ['He sings .']))
  workspace.close()
  return folder
}

/** Changes the database behind the program's back. */
function tamper(folder: string, sql: string): void {
  const database = new Sqlite(path.join(folder, 'espalier.sqlite'))
  database.pragma('foreign_keys = OFF')
  database.exec(sql)
  database.close()
}

it('a sound workspace has no findings, with imported and removed corpora', async () => {
  const services = await openTestServices(path.join(temporaryFolder(), 'workspace'))
  const corpusId = await importTiny(services)
  const { handlers } = services
  await handlers.corpora.remove({ corpusId, keepRuns: false, cancelRuns: false })
  expect(await handlers.workspaces.check({ taskId: 'check' })).toMatchObject({ findings: [], files: 0 })
  expect(await handlers.system.tasks()).toEqual([])
})

it('names counts that are wrong, with the corpus and the first sentence', async () => {
  const folder = closedWorkspace()
  tamper(
    folder,
    'UPDATE sentence SET span_count = 7 WHERE position = 2; UPDATE sentence SET flagged_items = 1 WHERE position = 1',
  )
  expect(await findingsOf(folder)).toEqual([
    expect.stringMatching(/^The count of spans .* in 1 sentences of made, the first at position 2/),
    expect.stringMatching(/^The count of flagged .* in 1 sentences of made, the first at position 1/),
  ])
})

it('names references to rows that do not exist, and a search index that does not fit', async () => {
  const folder = closedWorkspace()
  tamper(folder, `DELETE FROM doc WHERE doc_id = 2; INSERT INTO sentence_text (sentence_text) VALUES ('delete-all')`)
  const findings = await findingsOf(folder)
  expect(findings).toContainEqual('1 row of the table sentence without the rows of doc that they name.')
  expect(findings).toContainEqual(expect.stringContaining('The search index does not fit'))
})

it('names pages of the database that are damaged', async () => {
  const folder = closedWorkspace()
  const file = path.join(folder, 'espalier.sqlite')
  const database = new Sqlite(file)
  const page = database.prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'sentence_filter'`).get() as {
    rootpage: number
  }
  database.close()
  for (let byte = 0; byte < 8; byte++) flipBit(file, ((page.rootpage - 1) * 4096 + byte) * 8)
  expect((await findingsOf(folder)).join('\n')).toMatch(/database (is damaged|cannot be looked through)/)
})

it('names damaged checkpoints and folders that belong to nothing, but no damage in what belongs to nothing', async () => {
  const folder = closedWorkspace()
  const workspace = openWorkspace(folder)
  await workspace.checkpoints.write('lost', 'best', { 'weights.safetensors': new Uint8Array(10) })
  await workspace.encoders.keep('b'.repeat(64), { 'vocab.txt': new Uint8Array(10) })
  workspace.close()
  tamper(
    folder,
    `INSERT INTO experiment (experiment_id, created_ms) VALUES ('e', 0);
     INSERT INTO run (run_id, experiment_id, corpus_id, name, status, config, data, created_ms, epoch, best_epoch)
     SELECT id, 'e', 1, id, 'finished', '{"model":{"encoder":{"kind":"lstm"}}}', '{}', 0, 1, 1
     FROM (SELECT 'known' AS id UNION SELECT 'bare')`,
  )
  const again = openWorkspace(folder)
  await again.checkpoints.write('known', 'best', { 'weights.safetensors': new Uint8Array(10) })
  again.close()
  flipBit(path.join(folder, 'checkpoints', 'known', 'best', 'weights.safetensors'), 3)
  mkdirSync(path.join(folder, 'checkpoints', 'known', 'last.coming'))
  writeFileSync(path.join(folder, 'checkpoints', 'known', 'last.coming', 'half'), 'x')
  const findings = await findingsOf(folder)
  expect(findings.map((what) => what.replace(folder, ''))).toEqual([
    expect.stringContaining('/checkpoints/known/best/weights.safetensors is damaged'),
    expect.stringContaining('/checkpoints/lost belongs to no run'),
    expect.stringContaining('belongs to the encoder of no run'),
    expect.stringContaining('The run bare has no checkpoint'),
  ])
})

it('ends the command with status 1 where something is wrong, and with 0 where nothing is', async () => {
  const folder = closedWorkspace()
  expect(await espalier(['check', '--workspace', folder])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Everything is as it should be.'),
  })
  tamper(folder, 'UPDATE sentence SET span_count = 7 WHERE position = 2')
  const { code, stdout } = await espalier(['check', '--workspace', folder])
  expect([code, stdout]).toEqual([1, expect.stringContaining('The count of spans')])
})
