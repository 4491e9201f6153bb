/** Purging leaves no word of what was deleted in any file of the workspace. */
import { readFileSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { createLocalClient } from '#main/api/router'
import { onDisk } from '../../support/files-on-disk.ts'
import { openTestServices, temporaryFolder } from '../../support/services.ts'
import { tripleFile } from '../../support/temporary-workspace.ts'

/** Names of the files below a folder in which a word stands. */
function filesWith(word: string, folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => {
    const file = path.join(folder, name)
    return statSync(file).isFile() && readFileSync(file).includes(word)
  })
}

it('takes what was deleted out of the database, its log and the kept backups, and keeps the rest', async () => {
  const folder = temporaryFolder()
  const services = await openTestServices(folder)
  const { corpora, bin, workspaces } = createLocalClient(services.handlers)
  for (const [corpus, name] of [
    ['Going', 'Zyzzogeton'],
    ['Staying', 'Quixotry'],
  ] as const) {
    const text = tripleFile([`${name} left Tarnow .`, [name, 'left', 'Tarnow']])
    await corpora.import({ corpus, split: 'train', files: onDisk({ name: 'a.json', text }), taskId: corpus })
  }
  await services.keepBackup()
  const [going] = await corpora.list()
  expect(filesWith('Zyzzogeton', folder).length).toBeGreaterThan(1)
  await corpora.remove({ corpusId: going?.corpusId ?? 0, keepRuns: false, cancelRuns: false })
  expect(await bin.purge()).toMatchObject({ entries: 1, backups: 1 })
  expect(filesWith('Zyzzogeton', folder)).toEqual([])
  expect(filesWith('Quixotry', folder)).not.toEqual([])
  expect([await bin.list(), await workspaces.backups()]).toEqual([[], []])
  expect((await workspaces.check({ taskId: 'check' })).findings).toEqual([])
})
