/** A workspace is deleted for good only under its name, never while it is open, and nothing of anybody else's goes along. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { eraseForGood, lookAtWorkspace } from '#main/services/workspaces/erase-workspace'
import { openWorkspace } from '#main/storage/workspace'
import { espalier, espalierProcess } from '../../support/command-line.ts'
import { openTestServices, temporaryFolder } from '../../support/services.ts'
import { makeCorpus, tripleDocs } from '../../support/temporary-workspace.ts'

async function closedWorkspace(home: string): Promise<string> {
  const folder = path.join(home, 'old work')
  const workspace = openWorkspace(folder)
  makeCorpus(workspace, tripleDocs(['Mara Velt left Tarnow .'], ['He sings .']))
  await workspace.checkpoints.write('run-1', 'best', { 'weights.safetensors': new Uint8Array(1_000_000) })
  workspace.close()
  return folder
}

it('goes under its name alone, after what goes and how much space it takes was said', async () => {
  const home = temporaryFolder()
  const folder = await closedWorkspace(home)
  const content = await lookAtWorkspace(folder)
  expect(content).toMatchObject({ name: 'old work', counts: { corpora: 1, sentences: 2, runs: 0 }, stays: [] })
  expect(content.bytes).toBeGreaterThan(1_000_000)
  await expect(eraseForGood(folder, 'old', home)).rejects.toThrow('"old" is not the name of the workspace, "old work"')
  expect(existsSync(path.join(folder, 'espalier.sqlite'))).toBe(true)
  await eraseForGood(folder, 'old work', home)
  expect(readdirSync(home)).toEqual([])
})

it('leaves what Espalier did not write, and the folder with it', async () => {
  const home = temporaryFolder()
  const folder = await closedWorkspace(home)
  writeFileSync(path.join(folder, 'thesis.tex'), 'all of it')
  mkdirSync(path.join(folder, 'pictures'))
  expect([...(await lookAtWorkspace(folder)).stays].sort()).toEqual(['pictures', 'thesis.tex'])
  await eraseForGood(folder, 'old work', home)
  expect(readdirSync(folder).sort()).toEqual(['pictures', 'thesis.tex'])
  await expect(lookAtWorkspace(folder)).rejects.toThrow('holds no workspace')
})

it('is refused while a program has it open, this one or another', async () => {
  const folder = path.join(temporaryFolder(), 'workspace')
  const { handlers } = await openTestServices(folder)
  await expect(handlers.workspaces.erase({ folder, name: 'workspace' })).rejects.toThrow('is open')
  const beside = await espalierProcess(['delete-workspace', '--workspace', folder, '--name', 'workspace'])
  expect(beside).toMatchObject({ code: 1, stderr: expect.stringContaining('is open in another program') as string })
  expect(await handlers.workspaces.check({ taskId: 'check' })).toMatchObject({ findings: [] })
})

it('asks on the command line, where a script has to give the name', async () => {
  const folder = await closedWorkspace(temporaryFolder())
  const unnamed = await espalier(['delete-workspace', '--workspace', folder])
  expect(unnamed.code).toBe(1)
  expect(unnamed.stderr).toMatch(/1 corpora with 2 sentences[^]*Add --name "old work"/)
  expect(existsSync(folder)).toBe(true)
  expect(await espalier(['delete-workspace', '--workspace', folder, '--name', 'old work'])).toMatchObject({
    code: 0,
  })
  expect(existsSync(folder)).toBe(false)
})

it('what a kill left of one goes when the folder is opened', async () => {
  const folder = await closedWorkspace(temporaryFolder())
  mkdirSync(path.join(folder, 'espalier.erased', 'checkpoints'), { recursive: true })
  openWorkspace(folder).close()
  expect(readdirSync(folder)).not.toContain('espalier.erased')
})
