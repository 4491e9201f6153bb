/** Opening a workspace: one process at a time, no unknown history, nothing half-done. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '#main/storage/database'
import { migrate, migrations, schemaVersion } from '#main/storage/migrations/migrations'
import { openWorkspace } from '#main/storage/workspace'
import { temporaryFolder, temporaryWorkspace } from '../support/temporary-workspace.ts'

/** Opens a workspace as versions before the lock file did: the database itself is locked. */
const openAsBefore = `const Sqlite = (await import('better-sqlite3')).default
  const open = (folder) => {
    const database = new Sqlite(folder + '/espalier.sqlite', { timeout: 100 })
    database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; BEGIN IMMEDIATE; COMMIT')
    return database
  }`
const openAsNow = `const { openWorkspace: open } = await import('#main/storage/workspace')`

/** Another process that opens the workspace and keeps it; resolves when it has it, or when it was refused. */
async function openElsewhere(folder: string, how = openAsNow): Promise<ChildProcess & { readonly said: string }> {
  const source = `${how}
    try {
      globalThis.held = open(${JSON.stringify(folder)}) // what nobody holds may be collected, and is closed then
      console.log('open')
    } catch (error) { console.log(error.message) }
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [said] = (await once(child.stdout, 'data')) as [Buffer]
  return Object.assign(child, { said: said.toString().trim() })
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

describe('a workspace', () => {
  it('is made where there is none, and found again with what it held', () => {
    const folder = join(temporaryFolder(), 'new', 'place')
    const first = openWorkspace(folder)
    first.settings.update({ annotator: 'Ada' })
    first.close()
    const second = openWorkspace(folder)
    expect(second.settings.get()).toMatchObject({ annotator: 'Ada', hasSeenTour: false })
    second.close()
  })

  it('tells that it is sound', () => {
    const { health, folder } = temporaryWorkspace()
    const { path, integrity, schemaVersion: version, sizeMb } = health()
    expect({ path, integrity, version }).toEqual({
      path: join(folder, 'espalier.sqlite'),
      integrity: 'ok',
      version: migrations.length,
    })
    expect(sizeMb).toBeGreaterThan(0)
  })

  it('is refused to a second process by name, and free again when the first one is killed', async () => {
    const folder = temporaryFolder()
    const child = await openElsewhere(folder)
    try {
      expect(() => openWorkspace(folder)).toThrow(
        expect.objectContaining({ code: 'conflict', message: expect.stringContaining(folder) as string }) as Error,
      )
      expect(() => openWorkspace(folder)).toThrow(`process ${child.pid}`)
    } finally {
      await kill(child)
    }
    const workspace = openWorkspace(folder)
    expect(workspace.corpora.list()).toEqual([])
    workspace.close()
    expect(existsSync(join(folder, 'espalier.open'))).toBe(false)
  })

  it('is refused while an older version has it open, and free again when that one is killed', async () => {
    const folder = temporaryFolder()
    openWorkspace(folder).close()
    const child = await openElsewhere(folder, openAsBefore)
    try {
      expect(child.said).toBe('open')
      expect(() => openWorkspace(folder)).toThrow(expect.objectContaining({ code: 'conflict' }) as Error)
    } finally {
      await kill(child)
    }
    openWorkspace(folder).close()
  })

  it('is refused to an older version and to a second one, and goes on undisturbed', async () => {
    const workspace = temporaryWorkspace()
    for (const [how, refusal] of [
      [openAsBefore, 'database is locked'],
      [openAsNow, `process ${process.pid}`],
    ] as const) {
      const child = await openElsewhere(workspace.folder, how)
      try {
        expect(child.said).toContain(refusal)
        expect(workspace.settings.update({ annotator: 'Ada' }).annotator).toBe('Ada')
      } finally {
        await kill(child)
      }
    }
    expect(() => openWorkspace(workspace.folder)).toThrow('is open in another process')
    expect(workspace.health().integrity).toBe('ok')
  })

  it('is refused when a newer version wrote it, and left as it was', () => {
    const folder = temporaryFolder()
    openWorkspace(folder).close()
    const database = openDatabase(join(folder, 'espalier.sqlite'))
    migrate(database, 1, [...migrations, { name: '9999-later', sql: 'CREATE TABLE later (a)' }])
    database.close()
    expect(() => openWorkspace(folder)).toThrow(/newer version of Espalier .* Update Espalier/)
    const again = openDatabase(join(folder, 'espalier.sqlite'))
    expect(schemaVersion(again)).toBe(migrations.length + 1)
    expect(existsSync(join(folder, 'espalier.open'))).toBe(false)
    again.close()
  })

  it.each([
    ['text', 'not an Espalier database'],
    ['other tables', 'a database of another program (it holds song)'],
    ['another history', 'a history that this program does not know (0001-other)'],
  ])('is refused when the file holds %s', (kind, message) => {
    const folder = temporaryFolder()
    mkdirSync(folder, { recursive: true })
    const file = join(folder, 'espalier.sqlite')
    if (kind === 'text') writeFileSync(file, 'This is a letter, not a database. '.repeat(100))
    else {
      const database = openDatabase(file)
      if (kind === 'other tables') database.script('CREATE TABLE song (title)')
      else migrate(database, 1, [{ name: '0001-other', sql: 'CREATE TABLE song (title)' }])
      database.close()
    }
    expect(() => openWorkspace(folder)).toThrow(message)
    expect(() => openWorkspace(folder)).toThrow(expect.objectContaining({ code: 'storage' }) as Error)
  })

  it('says what is wrong with a folder that cannot be made', () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    expect(() => openWorkspace(join(file, 'inside'))).toThrow('cannot be created')
  })
})

describe('migrations', () => {
  it('are applied each once and whole: a failing one leaves the schema before it', () => {
    const database = openDatabase(join(temporaryFolder(), 'a.sqlite'))
    const good = { name: '0001-good', sql: 'CREATE TABLE kept (a)' }
    const bad = { name: '0002-bad', sql: 'CREATE TABLE lost (a); CREATE TABLE lost (a)' }
    expect(() => migrate(database, 1, [good, bad])).toThrow('lost')
    expect(schemaVersion(database)).toBe(1)
    const tables = () => database.all<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table'`)
    expect(tables().map(({ name }) => name)).toEqual(['migration', 'kept'])
    migrate(database, 2, [good, { name: '0002-mended', sql: 'CREATE TABLE found (a)' }])
    expect(tables().map(({ name }) => name)).toEqual(['migration', 'kept', 'found'])
    database.close()
  })

  it('bring a workspace of schema 5 up to today with its data intact, and what it could not hold empty', () => {
    const folder = temporaryFolder()
    mkdirSync(folder, { recursive: true })
    const database = openDatabase(join(folder, 'espalier.sqlite'))
    migrate(database, 1, migrations.slice(0, 5))
    database.script(`
      INSERT INTO corpus VALUES (1, 'old', '{"entityTypes":[],"relationTypes":[],"signatures":[]}', 1, NULL, 0);
      INSERT INTO doc VALUES (1, 1, 0, 'old.json', 'd', 'Mara left', '[0,4,5,9]', NULL);
      INSERT INTO sentence VALUES (1, 1, 1, 0, 1, 0, 'Mara left', '[0,4,5,9]', 'old note', 0, 1, 2, 1, 1, 0, 0);
      INSERT INTO span VALUES (1, 0, 'a', 0, 1, 'PER', 'run', 'run-1', 0.5), (1, 1, 'b', 1, 2, 'ACT', 'person', 'Ada', NULL);
      INSERT INTO relation VALUES (1, 0, 'r', 'a', 'does', 'b', 'import', 'old.json', NULL);`)
    database.close()
    const workspace = openWorkspace(folder)
    onTestFinished(() => workspace.close())
    expect(workspace.health()).toMatchObject({ schemaVersion: migrations.length, integrity: 'ok' })
    const person = { origin: 'person', author: 'Ada' } as const
    expect(workspace.annotations.annotation(1)).toEqual({
      spans: [
        { id: 'a', start: 0, end: 1, label: 'PER', provenance: { origin: 'run', author: 'run-1', confidence: 0.5 } },
        { id: 'b', start: 1, end: 2, label: 'ACT', provenance: person },
      ],
      relations: [
        { id: 'r', subject: 'a', type: 'does', object: 'b', provenance: { origin: 'import', author: 'old.json' } },
      ],
      rejections: [],
      review: { isReviewed: false, isFlagged: true, note: 'old note' },
    })
    expect(workspace.annotations.queueRows(1, { status: 'flagged' })).toMatchObject([{ flaggedItems: 0 }])
    const before = workspace.annotations.annotation(1).spans[1]
    if (!before) throw new Error('the span is gone')
    const after = { ...before, remark: { note: '', isFlagged: true } }
    workspace.annotations.apply(1, 'Ada', 'flag', [{ kind: 'span', before, after }], 2)
    expect(workspace.annotations.annotation(1).spans[1]).toEqual(after)
    expect(workspace.annotations.queueRows(1, {})).toMatchObject([{ flaggedItems: 1 }])
  })

  it('find the sentences of an older workspace in which one string of a triple is part of the other', () => {
    const folder = temporaryFolder()
    mkdirSync(folder, { recursive: true })
    const database = openDatabase(join(folder, 'espalier.sqlite'))
    migrate(database, 1, migrations.slice(0, 5))
    database.script(`
      INSERT INTO corpus VALUES (1, 'old', '{"entityTypes":[],"relationTypes":[],"signatures":[]}', 1, NULL, 0);
      INSERT INTO doc VALUES (1, 1, 0, 'old.json', 'd', 'New York is big', '[0,3,4,8,9,11,12,15]', NULL);`)
    const count = 1100 // more than are read at a time
    database.transaction(() => {
      for (let id = 1; id <= count; id++) {
        database.run(
          `INSERT INTO sentence VALUES (?, 1, 1, 0, ?, 0, 'New York is big', '[0,3,4,8,9,11,12,15]', '', 0, 0, 2, 1, 1, 0, 0)`,
          ...[id, id],
        )
        const subjectEnd = id % 100 === 0 ? 2 : 1 // every hundredth: New York and York
        const spans = [['a', 0, subjectEnd] as const, ['b', 1, 2] as const]
        spans.forEach(([name, start, end], at) =>
          database.run(`INSERT INTO span VALUES (?, ?, ?, ?, ?, 'X', 'person', 'Ada', NULL)`, id, at, name, start, end),
        )
        database.run(`INSERT INTO relation VALUES (?, 0, 'r', 'a', 'in', 'b', 'person', 'Ada', NULL)`, id)
      }
      database.run(`INSERT INTO unanchored VALUES (?, 0, 'York', 'in', 'Yorkshire')`, 1)
    })
    database.close()
    const workspace = openWorkspace(folder)
    onTestFinished(() => workspace.close())
    const { total, rows } = workspace.corpora.sentencePage(1, { overlapClass: 'SOO' }, 0, 20)
    expect(total).toBe(12)
    expect(rows.map(({ position }) => position)).toEqual([1, ...Array.from({ length: 11 }, (_, at) => 100 * (at + 1))])
    expect(rows[0]?.overlapClasses).toEqual(['Normal', 'SOO'])
  })

  it('are numbered in order', () => {
    expect(migrations.map(({ name }) => Number(name.slice(0, 4)))).toEqual(migrations.map((_, index) => index + 1))
  })
})

describe('a full disk', () => {
  it('is told with the way out, and nothing of the change is kept', () => {
    const database = openDatabase(join(temporaryFolder(), 'a.sqlite'))
    database.script('CREATE TABLE note (text TEXT)')
    const { page_count: pages } = database.get<{ page_count: number }>('PRAGMA page_count') ?? { page_count: 0 }
    database.get(`PRAGMA max_page_count = ${pages + 2}`)
    expect(() =>
      database.transaction(() => {
        for (let i = 0; i < 100; i++) database.run('INSERT INTO note VALUES (?)', 'x'.repeat(1000))
      }),
    ).toThrow(/The disk is full.*Free some space/)
    expect(database.get('SELECT count(*) AS rows FROM note')).toEqual({ rows: 0 })
    database.close()
  })
})
