/** Backups that the program makes by itself: before a migration, once a day, and before another one takes their place. */
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '#main/storage/database'
import { putBack } from '#main/storage/backup/put-back'
import { keptFolder, listKept } from '#main/storage/backup/kept-backups'
import { migrate, migrations } from '#main/storage/migrations/migrations'
import { openWorkspace, type Workspace } from '#main/storage/workspace'
import { flipBit } from '../support/flip-bit.ts'
import { makeCorpus, temporaryFolder, tripleDocs } from '../support/temporary-workspace.ts'

const day = 86_400_000
const version = '1.2.3'
const moment = { nowMs: 100 * day, version }

interface Opened extends Workspace {
  leave(): Promise<void>
}

/** A workspace whose clock the test sets. */
function opened(folder: string, clock = { ms: day }): Opened {
  const workspace = openWorkspace(folder, { now: () => clock.ms, version })
  let isOpen = true
  const leave = async (): Promise<void> => {
    if (!isOpen) return
    isOpen = false
    await workspace.endThreads()
    workspace.close()
  }
  onTestFinished(leave)
  return { ...workspace, leave }
}

const keep = (workspace: Workspace, daily = 7) =>
  workspace.keepBackup({ reason: 'daily', version, isWhole: false, daily })

describe('a daily backup', () => {
  it('holds every act, is private, checked, and one of the latest', async () => {
    const clock = { ms: day }
    const workspace = opened(temporaryFolder(), clock)
    for (; clock.ms <= 2 * day; clock.ms += day) await keep(workspace, 2)
    makeCorpus(workspace, tripleDocs(['Mara left .'], ['He sings .']))
    const { backup, findings } = await keep(workspace, 2)
    expect(findings).toEqual([])
    expect(backup).toMatchObject({
      ...{ name: '1970-01-04T00-00-00Z-daily', reason: 'daily', createdMs: 3 * day, espalier: version },
      ...{ content: { corpora: 1, sentences: 2, runs: 0 }, check: { isWhole: false, findings: 0 } },
    })
    expect(workspace.listKept().map(({ createdMs }) => createdMs / day)).toEqual([3, 2])
    const file = path.join(keptFolder(workspace.folder, backup.name), 'espalier.sqlite')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(keptFolder(workspace.folder)).filter((name) => name.includes('part'))).toEqual([])
  })

  it('in which damage was found takes the place of no sound one', async () => {
    const clock = { ms: day }
    const workspace = opened(temporaryFolder(), clock)
    await keep(workspace)
    clock.ms += day
    const { backup } = await keep(workspace)
    const file = path.join(keptFolder(workspace.folder, backup.name), 'backup.json')
    writeFileSync(file, readFileSync(file, 'utf8').replace('"findings": 0', '"findings": 2'))
    clock.ms += day
    await keep(workspace, 2)
    expect(workspace.listKept().map(({ check }) => check?.findings)).toEqual([0, 2, 0])
  })

  it('that is stopped leaves nothing', async () => {
    const workspace = opened(temporaryFolder())
    const signal = AbortSignal.abort(new Error('closing'))
    const options = { reason: 'daily', version, isWhole: false, daily: 7, signal } as const
    await expect(workspace.keepBackup(options)).rejects.toThrow('closing')
    expect(readdirSync(keptFolder(workspace.folder))).toEqual([])
  })
})

describe('a migration', () => {
  it('begins once the database is copied, and a copy that cannot be made leaves the schema as it is', () => {
    const folder = temporaryFolder()
    const file = path.join(folder, 'espalier.sqlite')
    const database = openDatabase(file)
    migrate(database, 1, migrations.slice(0, 12))
    database.run(`INSERT INTO setting VALUES ('annotator', '"Ada"')`)
    database.close()
    const inTheWay = path.join(folder, 'espalier.backups')
    writeFileSync(inTheWay, 'a file')
    expect(() => openWorkspace(folder)).toThrow()
    const asBefore = openDatabase(file)
    expect(asBefore.column('SELECT count(*) FROM migration')).toEqual([12])
    asBefore.close()
    renameSync(inTheWay, path.join(folder, 'letter'))
    const workspace = opened(folder)
    expect(workspace.settings.get().annotator).toBe('Ada')
    const [backup] = workspace.listKept()
    expect(backup).toMatchObject({ reason: 'migration', schema: 12, espalier: version })
    const copy = openDatabase(path.join(keptFolder(folder, backup?.name), 'espalier.sqlite'))
    expect(copy.column('SELECT name FROM migration')).toHaveLength(12)
    expect(copy.column('SELECT value FROM setting')).toEqual(['"Ada"'])
    copy.close()
  })
})

describe('a kept backup that is put back', () => {
  async function prepared() {
    const folder = temporaryFolder()
    const workspace = opened(folder)
    workspace.settings.update({ annotator: 'Ada' })
    const { backup } = await keep(workspace)
    workspace.settings.update({ annotator: 'Grace' })
    await workspace.leave()
    return { folder, backup }
  }
  const annotatorIn = async (folder: string): Promise<string> => {
    const workspace = opened(folder)
    const { annotator } = workspace.settings.get()
    await workspace.leave()
    return annotator
  }

  it('takes the place of the database, which is kept and can be put back itself', async () => {
    const { folder, backup } = await prepared()
    await putBack(folder, backup.name, moment)
    expect(await annotatorIn(folder)).toBe('Ada')
    const [former] = listKept(folder)
    expect(former?.reason).toBe('restore')
    await putBack(folder, 'latest', moment)
    expect(await annotatorIn(folder)).toBe('Grace')
  })

  it('takes the place of a database that nothing can read, which is put aside', async () => {
    const { folder, backup } = await prepared()
    writeFileSync(path.join(folder, 'espalier.sqlite'), 'no database at all '.repeat(500))
    const { kept } = await putBack(folder, backup.name, moment)
    expect(readFileSync(path.join(kept ?? '', 'espalier.sqlite'), 'utf8')).toContain('no database at all')
    expect(await annotatorIn(folder)).toBe('Ada')
  })

  it('that is damaged itself, or is not there, leaves everything as it was', async () => {
    const { folder, backup } = await prepared()
    flipBit(path.join(keptFolder(folder, backup.name), 'espalier.sqlite'), 50_000)
    await expect(putBack(folder, backup.name, moment)).rejects.toThrow('is damaged: it does not have the SHA-256')
    await expect(putBack(folder, 'yesterday', moment)).rejects.toThrow(
      `There is no backup "yesterday". There are: ${backup.name}`,
    )
    await expect(putBack(folder, '../../etc', moment)).rejects.toThrow('There is no backup')
    expect(await annotatorIn(folder)).toBe('Grace')
    expect(listKept(folder)).toHaveLength(1)
  })

  it('is refused while a program has the workspace open', async () => {
    const { folder, backup } = await prepared()
    opened(folder)
    await expect(putBack(folder, backup.name, moment)).rejects.toThrow('is open in another program')
  })

  it('is put in its place by the next opening where a kill came between the two renames', async () => {
    const { folder, backup } = await prepared()
    mkdirSync(path.join(folder, 'aside'))
    renameSync(path.join(folder, 'espalier.sqlite'), path.join(folder, 'aside', 'espalier.sqlite'))
    writeFileSync(path.join(folder, 'espalier.sqlite-wal'), 'a log of the former database')
    renameSync(path.join(keptFolder(folder, backup.name), 'espalier.sqlite'), path.join(folder, 'espalier.restoring'))
    expect(await annotatorIn(folder)).toBe('Ada')
    expect(existsSync(path.join(folder, 'espalier.restoring'))).toBe(false)
  })
})
