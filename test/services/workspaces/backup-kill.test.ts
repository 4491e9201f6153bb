/** A kill at any moment of a backup or a restoration leaves the old or the new, and never a half. */
import { spawn } from 'node:child_process'
import { cpSync, existsSync, readdirSync, renameSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { restoreBackup } from '#main/storage/backup/restore-backup'
import { openWorkspace } from '#main/storage/workspace'
import { haveSameBytes } from '../../support/bytes.ts'
import { temporaryFolder } from '../../support/services.ts'
import { makeCorpus, tripleDocs } from '../../support/temporary-workspace.ts'

const entry = path.join(import.meta.dirname, '..', '..', 'support', 'backup-entry.ts')
const weightsFile = 'weights.safetensors'
const weights = new Uint8Array(4_000_000).fill(7)
const empty = new Uint8Array()
const nowMs = Date.UTC(2026, 10, 30)

/** Starts the act and kills it some milliseconds after it began. */
function actUntilKilled(words: readonly string[], afterMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [entry, ...words], { stdio: ['ignore', 'pipe', 'pipe'] })
    let complaint = ''
    child.stderr.on('data', (text: Buffer) => (complaint += text.toString()))
    child.stdout.once('data', () => setTimeout(() => child.kill('SIGKILL'), afterMs))
    child.once('close', (code) => (code === null || code === 0 ? resolve() : reject(new Error(complaint))))
  })
}

async function workspaceOf(folder: string, annotator: string): Promise<void> {
  const workspace = openWorkspace(folder)
  const texts = Array.from({ length: 2000 }, (_, at) => [`Mara${at} Velt left Tarnow .`] as const)
  makeCorpus(workspace, tripleDocs(...texts))
  workspace.settings.update({ annotator })
  await workspace.checkpoints.write('run-1', 'best', { [weightsFile]: weights })
  workspace.close()
}

/** The annotator of a workspace that is whole. */
async function annotatorIn(folder: string): Promise<string> {
  const workspace = openWorkspace(folder)
  try {
    expect(workspace.health().integrity).toBe('ok')
    expect(workspace.corpora.list().map(({ name }) => name)).toEqual(['made'])
    const files = await workspace.checkpoints.read('run-1', 'best')
    expect(Object.keys(files ?? {})).toEqual([weightsFile])
    expect(haveSameBytes(files?.[weightsFile] ?? empty, weights)).toBe(true)
    return workspace.settings.get().annotator
  } finally {
    workspace.close()
  }
}

it('a backup that is killed is whole or not there, and the next one clears its remains away', async () => {
  const home = temporaryFolder()
  const folder = path.join(home, 'workspace')
  await workspaceOf(folder, 'Ada')
  for (const [at, afterMs] of [5, 30, 60, 90, 180, 400].entries()) {
    const place = path.join(home, at % 2 === 0 ? 'copy' : 'copy.zip')
    await actUntilKilled(['backup', folder, place], afterMs)
    expect(await annotatorIn(folder)).toBe('Ada')
    if (existsSync(place)) {
      await restoreBackup({ from: place, into: path.join(home, `back-${at}`), nowMs })
      expect(await annotatorIn(path.join(home, `back-${at}`))).toBe('Ada')
      renameSync(place, `${place}.done-${at}`)
    }
  }
  for (const name of ['copy', 'copy.zip']) await actUntilKilled(['backup', folder, path.join(home, name)], 60_000)
  expect(readdirSync(home).filter((name) => name.endsWith('.part'))).toEqual([])
}, 180_000)

it('a restoration that is killed leaves the old workspace or the new one', async () => {
  const home = temporaryFolder()
  const [source, place] = [path.join(home, 'source'), path.join(home, 'copy')]
  await workspaceOf(source, 'new')
  const workspace = openWorkspace(source)
  await workspace.backUp({ place, version: '1.0.0' })
  workspace.close()
  const former = path.join(home, 'former')
  await workspaceOf(former, 'old')
  const seen = new Set<string>()
  for (const afterMs of [5, 35, 65, 100, 60_000]) {
    const folder = path.join(home, `workspace-${afterMs}`)
    cpSync(former, folder, { recursive: true })
    await actUntilKilled(['restore', folder, place], afterMs)
    const annotator = await annotatorIn(folder)
    expect(annotator).toBeOneOf(['old', 'new'])
    seen.add(annotator)
    const kept = readdirSync(home).filter((name) => name.startsWith(`workspace-${afterMs}.before-restore`))
    if (annotator === 'new') expect(await annotatorIn(path.join(home, kept[0] ?? ''))).toBe('old')
  }
  expect([...seen].sort()).toEqual(['new', 'old'])
}, 180_000)

it('a restoration that was killed between its two renames is finished when the workspace opens', async () => {
  const home = temporaryFolder()
  const folder = path.join(home, 'workspace')
  await workspaceOf(folder, 'old')
  await workspaceOf(`${folder}.espalier-restored`, 'new')
  expect(await annotatorIn(folder)).toBe('old') // killed before the first one: the old one is in its place
  renameSync(folder, `${folder}.before-restore-2026-11-30`)
  expect(await annotatorIn(folder)).toBe('new')
  expect(existsSync(`${folder}.espalier-restored`)).toBe(false)
})
