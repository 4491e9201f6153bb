/** A backup holds all of a workspace, one state of it, while others go on working; it is restored whole or not at all. */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setImmediate } from 'node:timers/promises'
import Sqlite from 'better-sqlite3'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { addSpan } from '#main/document/edit'
import { emptyAnnotation } from '#main/document/annotation'
import { migrations } from '#main/storage/migrations/migrations'
import { openWorkspace, type Workspace } from '#main/storage/workspace'
import { importTiny, openTestServices, temporaryFolder } from '../../support/services.ts'
import { flipBit } from '../../support/flip-bit.ts'
import { makeCorpus, tripleDocs } from '../../support/temporary-workspace.ts'

const version = '1.2.3'

/** A workspace with a corpus, a setting and the files of a run, open until the test ends. */
async function filledWorkspace(folder: string): Promise<Workspace> {
  const workspace = openWorkspace(folder)
  onTestFinished(() => workspace.close())
  makeCorpus(workspace, tripleDocs(['Mara Velt left Tarnow .', ['Mara Velt', 'left', 'Tarnow']], ['He sings .']))
  workspace.settings.update({ annotator: 'Ada' })
  await workspace.checkpoints.write('run-1', 'best', { 'weights.safetensors': new Uint8Array([1, 2, 3]) })
  await workspace.encoders.keep('a'.repeat(64), { 'vocab.txt': new TextEncoder().encode('words') })
  return workspace
}

function reopened(folder: string): Workspace {
  const workspace = openWorkspace(folder)
  onTestFinished(() => workspace.close())
  return workspace
}

async function restoreInto(place: string, into: string, replace = false) {
  const { restoreBackup } = await import('#main/storage/backup/restore-backup')
  return restoreBackup({ from: place, into, replace, nowMs: Date.UTC(2026, 10, 30) })
}

describe('a backup', () => {
  it.each(['copy', 'copy.zip'])(
    'called %s is restored with corpora, settings, checkpoints and encoders',
    async (name) => {
      const home = temporaryFolder()
      const workspace = await filledWorkspace(path.join(home, 'workspace'))
      const backup = await workspace.backUp({ place: path.join(home, name), version })
      expect(backup.manifest.content).toEqual({ corpora: 1, sentences: 2, runs: 0 })
      expect(backup.gone).toEqual([])
      const { folder, kept } = await restoreInto(backup.place, path.join(home, 'new', 'other'))
      expect(kept).toBeNull()
      const other = reopened(folder)
      expect(other.health()).toMatchObject({ integrity: 'ok', isPrivate: true })
      expect(other.corpora.list()).toEqual(workspace.corpora.list())
      expect(other.settings.get().annotator).toBe('Ada')
      expect(await other.checkpoints.read('run-1', 'best')).toEqual({
        'weights.safetensors': new Uint8Array([1, 2, 3]),
      })
      expect(readFileSync(path.join(folder, 'encoders', 'a'.repeat(64), 'vocab.txt'), 'utf8')).toBe('words')
      expect(readdirSync(home).sort()).toEqual(['new', 'workspace', name].sort()) // nothing temporary is left
    },
  )

  it('is its owner’s alone, and leaves out what belongs to the machine', async () => {
    const home = temporaryFolder()
    const workspace = await filledWorkspace(path.join(home, 'workspace'))
    writeFileSync(path.join(workspace.folder, 'espalier.session.json'), '{"secret":"x"}')
    mkdirSync(path.join(workspace.folder, 'browser'))
    const { place } = await workspace.backUp({ place: path.join(home, 'copy'), version })
    expect(readdirSync(place).sort()).toEqual(['backup.json', 'checkpoints', 'encoders', 'espalier.sqlite'])
    const places = ['.', ...(readdirSync(place, { recursive: true }) as string[])]
    if (process.platform !== 'win32')
      expect(places.filter((name) => (statSync(path.join(place, name)).mode & 0o077) !== 0)).toEqual([])
  })

  it('holds the database as it was at its beginning, copied in another thread, while others annotate', async () => {
    const home = temporaryFolder()
    const workspace = openWorkspace(path.join(home, 'workspace'))
    onTestFinished(() => workspace.close())
    const words = Array.from({ length: 3000 }, (_, at) => `Mara${at} Velt left Tarnow .`)
    const corpusId = makeCorpus(workspace, tripleDocs(...words.map((text) => [text] as const)))
    const sentenceIds = workspace.annotations.queueRows(corpusId, {}).map(({ sentenceId }) => sentenceId)
    let acts = 0
    const annotate = (): void => {
      const sentenceId = sentenceIds[acts++] ?? 0
      const context = { author: 'Ada', words: ['a', 'b'], newId: () => `span ${acts}` }
      const { changes } = addSpan(emptyAnnotation, { start: 0, end: 1 }, 'PER', context)
      workspace.annotations.apply(sentenceId, 'Ada', `act ${acts}`, changes, acts)
    }
    const copied = vi.spyOn(Sqlite.prototype, 'backup')
    onTestFinished(() => copied.mockRestore())
    annotate()
    const { place } = await workspace.backUp({
      place: path.join(home, 'copy'),
      version,
      onProgress: (_, what) => void (what === 'database' && annotate()),
    })
    expect(copied).not.toHaveBeenCalled()
    expect(acts).toBeGreaterThan(2)
    const other = reopened((await restoreInto(place, path.join(home, 'other'))).folder)
    expect(other.health().integrity).toBe('ok')
    expect(other.annotations.history(corpusId, null, 10_000).length).toBe(1)
    expect(workspace.annotations.history(corpusId, null, 10_000).length).toBe(acts)
  })

  it('waits for a checkpoint that is being written', async () => {
    const home = temporaryFolder()
    const workspace = await filledWorkspace(path.join(home, 'workspace'))
    const order: string[] = []
    const release = Promise.withResolvers<void>()
    const holding = workspace.checkpoints.hold('run-1', async () => {
      await release.promise
      order.push('checkpoint written')
    })
    const backing = workspace.backUp({ place: path.join(home, 'copy'), version }).then(() => order.push('backed up'))
    release.resolve()
    await Promise.all([holding, backing])
    expect(order).toEqual(['checkpoint written', 'backed up'])
  })

  it('is refused where something is, in the workspace itself and below a folder that is missing, and leaves nothing', async () => {
    const home = temporaryFolder()
    const workspace = await filledWorkspace(path.join(home, 'workspace'))
    const at = (...names: string[]) => workspace.backUp({ place: path.join(home, ...names), version })
    writeFileSync(path.join(home, 'there.zip'), 'x')
    await expect(at('there.zip')).rejects.toThrow('is there already')
    await expect(at('workspace', 'copy')).rejects.toThrow('lies in the workspace that is backed up')
    await expect(at('missing', 'copy')).rejects.toThrow('missing does not exist')
    expect(readdirSync(home).sort()).toEqual(['there.zip', 'workspace'])
    expect(readFileSync(path.join(home, 'there.zip'), 'utf8')).toBe('x')
  })

  it.each(['copy', 'copy.zip'])('that is cancelled leaves nothing of %s', async (name) => {
    const home = temporaryFolder()
    const workspace = await filledWorkspace(path.join(home, 'workspace'))
    for (const moment of ['database', 'checkpoints', 'archive']) {
      if (moment === 'archive' && !name.endsWith('.zip')) continue
      const cancel = new AbortController()
      const onProgress = (_: number, what: string): void => void (what.startsWith(moment) && cancel.abort())
      await expect(
        workspace.backUp({ place: path.join(home, name), version, signal: cancel.signal, onProgress }),
      ).rejects.toThrow('abort')
      expect(readdirSync(home)).toEqual(['workspace'])
    }
  })

  it('shows itself as a task, which can be cancelled, and says what it wrote', async () => {
    const home = temporaryFolder()
    const services = await openTestServices(path.join(home, 'workspace'))
    await importTiny(services)
    const { handlers } = services
    const place = path.join(home, 'copy.zip')
    const backing = handlers.workspaces.backUp({ place, taskId: 'backup' })
    await setImmediate()
    expect(await handlers.system.tasks()).toMatchObject([{ taskId: 'backup', title: 'back up workspace' }])
    expect(await backing).toMatchObject({ place, content: { corpora: 1, sentences: 84, runs: 0 }, gone: [] })
    await expect(handlers.workspaces.backUp({ place: 'copy', taskId: 'again' })).rejects.toThrow('is no whole path')
    const cancelled = handlers.workspaces.backUp({ place: path.join(home, 'second'), taskId: 'second' })
    await setImmediate()
    await handlers.system.cancelTask({ taskId: 'second' })
    await expect(cancelled).rejects.toThrow('Cancelled. Nothing was changed.')
    expect(existsSync(path.join(home, 'second'))).toBe(false)
  })
})

describe('restoring', () => {
  it.each(['copy', 'copy.zip'])(
    'refuses %s with one bit turned by the name of the file, and changes nothing',
    async (name) => {
      const home = temporaryFolder()
      const workspace = await filledWorkspace(path.join(home, 'workspace'))
      const { place } = await workspace.backUp({ place: path.join(home, name), version })
      if (name === 'copy') flipBit(path.join(place, 'checkpoints', 'run-1', 'best', 'weights.safetensors'), 3)
      else flipBit(place, Math.floor(statSync(place).size / 3) * 8)
      const failure = restoreInto(place, path.join(home, 'other'))
      await expect(failure).rejects.toThrow(
        name === 'copy' ? /weights\.safetensors does not have the SHA-256/ : /copy\.zip/,
      )
      expect(readdirSync(home).sort()).toEqual([name, 'workspace'].sort())
    },
  )

  it('refuses the backup of a newer version by its name, one that is not whole, and what is none', async () => {
    const home = temporaryFolder()
    const workspace = await filledWorkspace(path.join(home, 'workspace'))
    const { place } = await workspace.backUp({ place: path.join(home, 'copy'), version })
    const file = path.join(place, 'backup.json')
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>
    const refusal = async (change: Record<string, unknown>): Promise<string> => {
      writeFileSync(file, JSON.stringify({ ...manifest, ...change }))
      return restoreInto(place, path.join(home, 'other')).then(String, (error: Error) => error.message)
    }
    expect(await refusal({ schema: migrations.length + 1, espalier: '9.0.0' })).toMatch(
      /written by Espalier 9\.0\.0, which is newer/,
    )
    expect(await refusal({ layout: 2 })).toMatch(/newer/)
    expect(
      await refusal({
        files: [{ path: 'checkpoints/gone', bytes: 1, sha256: 'a'.repeat(64) }, ...(manifest['files'] as [])],
      }),
    ).toMatch(/checkpoints\/gone is missing/)
    for (const bad of [
      '../x',
      '/etc/passwd',
      'checkpoints/../../x',
      'espalier.session.json',
      'checkpoints/a\\..\\b/\0',
    ])
      expect(await refusal({ files: [{ path: bad, bytes: 1, sha256: 'a'.repeat(64) }] })).toMatch(
        /files\[0\]\.path is no path/,
      )
    writeFileSync(file, '{"kind": "Espa')
    await expect(restoreInto(place, path.join(home, 'other'))).rejects.toThrow('is no backup that can be read')
    await expect(restoreInto(home, path.join(home, 'other'))).rejects.toThrow('there is no backup.json in it')
    await expect(restoreInto(path.join(home, 'nowhere'), path.join(home, 'other'))).rejects.toThrow('does not exist')
    expect(existsSync(path.join(home, 'other'))).toBe(false)
  })

  it('takes an empty folder, never one that holds something else or a workspace that is open', async () => {
    const home = temporaryFolder()
    const workspace = await filledWorkspace(path.join(home, 'workspace'))
    const { place } = await workspace.backUp({ place: path.join(home, 'copy'), version })
    mkdirSync(path.join(home, 'empty'))
    await restoreInto(place, path.join(home, 'empty'))
    mkdirSync(path.join(home, 'full'))
    appendFileSync(path.join(home, 'full', 'thesis.tex'), 'all of it')
    await expect(restoreInto(place, path.join(home, 'full'), true)).rejects.toThrow('holds other things')
    await expect(restoreInto(place, path.join(home, 'empty'))).rejects.toThrow('holds a workspace already')
    const { espalier } = await import('../../support/command-line.ts')
    const open = await espalier(['restore-workspace', place, '--workspace', workspace.folder, '--replace'])
    expect(open).toMatchObject({ code: 1, stdout: '' })
    expect(open.stderr).toContain('is open in another program')
    expect(workspace.health().integrity).toBe('ok')
  })

  it('keeps the workspace that it replaces under another name', async () => {
    const home = temporaryFolder()
    const workspace = await filledWorkspace(path.join(home, 'workspace'))
    const { place } = await workspace.backUp({ place: path.join(home, 'copy'), version })
    workspace.settings.update({ annotator: 'Bela' })
    workspace.close()
    const { kept } = await restoreInto(place, workspace.folder, true)
    expect(kept).toBe(`${workspace.folder}.before-restore-2026-11-30`)
    expect(reopened(workspace.folder).settings.get().annotator).toBe('Ada')
    expect(reopened(kept ?? '').settings.get().annotator).toBe('Bela')
  })
})
