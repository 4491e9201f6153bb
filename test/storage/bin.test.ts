/** The bin: what was removed is out of sight and comes back as it was, or is erased whole and leaves the disk. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it, onTestFinished } from 'vitest'
import { runSteps } from '#main/core/steps'
import { binDays } from '#main/document/bin-entry'
import { openDatabase } from '#main/storage/database'
import { migrate, migrations } from '#main/storage/migrations/migrations'
import { openWorkspace, type Workspace } from '#main/storage/workspace'
import { predicted } from '../support/labelled-sentences.ts'
import { makeRun } from '../support/renderer-runs.ts'
import {
  makeCorpus,
  sentenceIdsOf,
  temporaryFolder,
  temporaryWorkspace,
  tripleDocs,
} from '../support/temporary-workspace.ts'

const labels = { entityTypes: [], relationTypes: [], signatures: [] }
/** Number of migrations before the one that brought the bin. */
const schemaBefore = migrations.findIndex(({ name }) => name.endsWith('-bin'))
const prediction = predicted(3, [[0, 1, 'PER']], [])

/** A corpus of two sentences, the first reviewed by Ada, with two runs that have read them. */
function fill(workspace: Workspace) {
  const corpusId = makeCorpus(workspace, tripleDocs(['Jon met Ada', ['Jon', 'knows', 'Ada']], ['Jon met Ben']))
  const ids = sentenceIdsOf(workspace, corpusId)
  const [first = 0] = ids
  const before = workspace.annotations.annotation(first).review
  const change = { kind: 'review', before, after: { ...before, isReviewed: true } } as const
  workspace.annotations.apply(first, 'Ada', 'done', [change], 1_000)
  for (const seed of [1, 2]) {
    workspace.runs.insert(makeRun('mtl', seed, { corpusId, createdMs: seed }))
    const entries = ids.map((sentenceId) => ({ sentenceId, prediction }))
    workspace.predictions.store(`mtl-${seed}`, 2, entries)
  }
  return { corpusId, ids, first }
}

function eraseAll({ eraser }: Workspace): number {
  let steps = 0
  while (eraser.step()) steps++
  return steps
}

const exists = (database: ReturnType<typeof openDatabase>, table: string) =>
  database.get<{ total: number }>(`SELECT count(*) AS total FROM ${table}`)?.total

describe('a corpus in the bin', () => {
  it('is out of sight with the runs that went along, and comes back as it was', () => {
    const workspace = temporaryWorkspace()
    const { corpusId, first } = fill(workspace)
    const [corpus] = workspace.corpora.list()
    const runs = workspace.runs.list()
    const binId = workspace.bin.putCorpus(corpusId, ['mtl-1', 'mtl-2'], 'Ada')
    expect(workspace.corpora.list()).toEqual([])
    expect(workspace.corpora.findByName('made')).toBeNull()
    expect(workspace.runs.list()).toEqual([])
    for (const look of [
      () => workspace.corpora.find(corpusId),
      () => workspace.runs.find('mtl-1'),
      () => workspace.known.corpus(corpusId),
      () => workspace.known.run('mtl-1'),
      () => workspace.known.sentence(first),
    ])
      expect(look).toThrow(
        new RegExp(`is in the bin\\. Restore it first: in Settings under Bin, or .*restore ${binId}"`),
      )
    expect(workspace.bin.list()).toEqual([
      {
        ...{ binId, kind: 'corpus', name: 'made', corpusName: 'made', corpusBinId: null },
        ...{ removedMs: 1_000, removedBy: 'Ada', erasedMs: 1_000 + binDays * 86_400_000 },
        content: { sentences: 2, reviewed: 1, operations: 1 },
        runs: [1, 2].map((seed) => ({ runId: `mtl-${seed}`, name: `mtl seed ${seed}` })),
      },
    ])
    expect(workspace.bin.restore(binId, null)).toEqual({ names: ['made', 'mtl seed 1', 'mtl seed 2'], renamed: null })
    expect(workspace.corpora.list()).toEqual([corpus])
    expect(workspace.runs.list()).toEqual(runs)
    expect(workspace.predictions.has('mtl-1', first)).toBe(true)
    expect(workspace.bin.list()).toEqual([])
    expect(() => workspace.bin.find(binId)).toThrow(`nothing with the number ${binId} in the bin`)
  })

  it('whose name was taken meanwhile comes back under a free one like it, or under the one that is asked for', () => {
    const workspace = temporaryWorkspace()
    const { corpusId } = fill(workspace)
    const remove = () => workspace.bin.putCorpus(corpusId, [], 'Ada')
    const first = remove()
    workspace.corpora.create('made', labels)
    workspace.corpora.create('made (2)', labels)
    expect(() => workspace.bin.restore(first, 'made')).toThrow('already a corpus "made". Choose another name')
    expect(workspace.bin.list()).toHaveLength(1)
    expect(workspace.bin.restore(first, null).renamed).toEqual({ from: 'made', to: 'made (3)' })
    expect(workspace.bin.restore(remove(), 'mine').renamed).toEqual({ from: 'made (3)', to: 'mine' })
    expect(workspace.corpora.find(corpusId).name).toBe('mine')
  })
})

describe('a run in the bin', () => {
  it('names its corpus, and its entry where that is in the bin too', () => {
    const workspace = temporaryWorkspace()
    const { corpusId } = fill(workspace)
    const ofRun = workspace.bin.putRun('mtl-1', 'Ada')
    expect(workspace.bin.find(ofRun)).toMatchObject({
      ...{ kind: 'run', name: 'mtl seed 1', corpusName: 'made', corpusBinId: null, content: null },
      runs: [{ runId: 'mtl-1', name: 'mtl seed 1' }],
    })
    const ofCorpus = workspace.bin.putCorpus(corpusId, ['mtl-2'], 'Ada')
    expect(workspace.bin.find(ofRun).corpusBinId).toBe(ofCorpus)
    expect(workspace.bin.restore(ofRun, null)).toEqual({ names: ['mtl seed 1'], renamed: null })
    expect(workspace.runs.list().map(({ runId }) => runId)).toEqual(['mtl-1'])
  })

  it('stays one of those whose files are needed, and is not taken for interrupted', () => {
    const workspace = temporaryWorkspace()
    fill(workspace)
    workspace.bin.putRun('mtl-1', 'Ada')
    expect(workspace.runs.listWithBin().map(({ runId }) => runId)).toEqual(['mtl-2', 'mtl-1'])
  })
})

describe('an extraction', () => {
  it('says whether the run that made it was removed', () => {
    const workspace = temporaryWorkspace()
    fill(workspace)
    for (const runId of ['mtl-1', 'mtl-2'])
      workspace.extractions.create({ runId, runName: runId, title: 'a.txt', output: null, createdMs: 1 })
    const seen = () => workspace.extractions.list().map(({ runId, isRunRemoved }) => [runId, isRunRemoved])
    const binId = workspace.bin.putRun('mtl-1', 'Ada')
    expect(seen()).toEqual([
      ['mtl-2', false],
      ['mtl-1', true],
    ])
    workspace.bin.restore(binId, null)
    expect(seen()).toContainEqual(['mtl-1', false])
    workspace.bin.erase(workspace.bin.putRun('mtl-1', 'Ada'))
    expect(seen()).toContainEqual(['mtl-1', true])
  })
})

describe('erasing', () => {
  it('leaves nothing of a corpus, its runs and what runs of others said of its sentences', async () => {
    const folder = temporaryFolder()
    const workspace = openWorkspace(folder, { now: () => 1_000 })
    const { corpusId, ids } = fill(workspace)
    const other = workspace.corpora.create('other', labels)
    workspace.corpora.addDocs(other, 'train', 'other.json', tripleDocs(['Eva met Jon']))
    workspace.runs.insert(makeRun('pmei', 1, { corpusId: other, experimentId: 'second' }))
    const entries = [...ids, ...sentenceIdsOf(workspace, other)].map((sentenceId) => ({ sentenceId, prediction }))
    workspace.predictions.store('pmei-1', 2, entries)
    const staged = workspace.corpora.stage()
    await staged.rememberFiles([{ name: 'a', split: 'train', sha256: 'ab', atMs: 1 }], setImmediate)
    runSteps(workspace.transaction(() => staged.publishInto(corpusId)))
    expect(workspace.bin.erase(workspace.bin.putCorpus(corpusId, ['mtl-1', 'mtl-2'], 'Ada'))).toBe(corpusId)
    expect(workspace.bin.runsToClear()).toEqual(['mtl-1', 'mtl-2'])
    workspace.bin.markCleared('mtl-1')
    expect(workspace.bin.runsToClear()).toEqual(['mtl-2'])
    expect(workspace.bin.list()).toEqual([])
    expect(() => workspace.known.corpus(corpusId)).toThrow(`There is no corpus ${corpusId}`)
    workspace.eraser.add(corpusId)
    eraseAll(workspace)
    expect(workspace.corpora.sentencePage(other, { search: 'jon' }, 0, 10).total).toBe(1)
    expect(workspace.health().integrity).toBe('ok')
    workspace.close()
    const database = openDatabase(join(folder, 'espalier.sqlite'))
    onTestFinished(() => database.close())
    const counts = [
      'corpus',
      'run',
      'experiment',
      'doc',
      'sentence',
      'prediction',
      'operation',
      'imported_file',
      'relation',
    ]
    expect(counts.map((table) => exists(database, table))).toEqual([1, 1, 1, 1, 1, 1, 0, 0, 0])
    expect(database.get(`SELECT count(*) AS hits FROM sentence_text WHERE sentence_text MATCH 'ben'`)).toEqual({
      hits: 0,
    })
  })

  it('goes on at the next opening where the program was killed within it', () => {
    const folder = temporaryFolder()
    const first = openWorkspace(folder)
    const { corpusId } = fill(first)
    const sentences = Array.from({ length: 900 }, (_, at) => [`Jon met Ada${at}`] as const)
    first.corpora.addDocs(corpusId, 'dev', 'many.json', tripleDocs(...sentences))
    first.bin.erase(first.bin.putCorpus(corpusId, ['mtl-1'], 'Ada'))
    first.eraser.add(corpusId)
    expect([first.eraser.step(), first.eraser.step()]).toEqual([true, true])
    first.close()
    const second = openWorkspace(folder)
    expect(second.corpora.list()).toEqual([])
    expect(second.bin.list()).toEqual([])
    expect(eraseAll(second)).toBeGreaterThan(3)
    expect(second.eraser.step()).toBe(false)
    expect(second.health().integrity).toBe('ok')
    second.close()
    const database = openDatabase(join(folder, 'espalier.sqlite'))
    onTestFinished(() => database.close())
    // the run that was kept still names its corpus, of which nothing but the name is left
    expect(['corpus', 'run', 'sentence', 'doc'].map((table) => exists(database, table))).toEqual([1, 1, 0, 0])
  })

  it.each(['today', 'before there was a bin'])('gives the space back to the disk, in a workspace made %s', (when) => {
    const folder = temporaryFolder()
    const file = join(folder, 'espalier.sqlite')
    if (when !== 'today') {
      const database = openDatabase(file)
      database.script('PRAGMA auto_vacuum = NONE; VACUUM')
      migrate(database, 1, migrations.slice(0, schemaBefore))
      database.close()
    }
    const workspace = openWorkspace(folder)
    const { corpusId } = fill(workspace)
    const text = Array.from({ length: 400 }, (_, at) => `word${at}`).join(' ')
    const docs = tripleDocs(...Array.from({ length: 1200 }, (_, at) => [`${text} ${at}`] as const))
    workspace.corpora.addDocs(corpusId, 'dev', 'many.json', docs)
    workspace.close()
    const full = statSync(file).size
    const again = openWorkspace(folder)
    again.bin.erase(again.bin.putCorpus(corpusId, [], 'Ada'))
    again.eraser.add(corpusId)
    eraseAll(again)
    again.close()
    expect(statSync(file).size).toBeLessThan(full / 10)
  })

  it('is due thirty days after the removal', () => {
    const workspace = temporaryWorkspace()
    const { corpusId } = fill(workspace)
    const binId = workspace.bin.putCorpus(corpusId, [], 'Ada')
    const due = 1_000 + binDays * 86_400_000
    expect(workspace.bin.expired(due - 1)).toEqual([])
    expect(workspace.bin.expired(due)).toEqual([binId])
  })
})

describe('a corpus that was removed before there was a bin', () => {
  it('stands in the bin, for thirty days from now on, and its runs stay in sight', () => {
    const folder = temporaryFolder()
    const database = openDatabase(join(folder, 'espalier.sqlite'))
    migrate(database, 1, migrations.slice(0, schemaBefore))
    const set = '{"entityTypes":[],"relationTypes":[],"signatures":[]}'
    database.script(`
      INSERT INTO corpus VALUES (1, 'seen', '${set}', 1, NULL, 0), (2, 'removed', '${set}', 1, 5, 0),
        (3, '', '${set}', 1, 1, 1);
      INSERT INTO experiment VALUES ('e', 1);
      INSERT INTO run (run_id, experiment_id, corpus_id, name, status, config, data, created_ms, epoch)
        VALUES ('r', 'e', 2, 'pmei seed 1', 'finished', '{}', '{}', 1, 1);`)
    database.close()
    const workspace = openWorkspace(folder)
    onTestFinished(() => workspace.close())
    expect(workspace.corpora.list().map(({ name }) => name)).toEqual(['seen'])
    const [entry, ...others] = workspace.bin.list()
    expect(others).toEqual([])
    expect(entry).toMatchObject({ kind: 'corpus', name: 'removed', runs: [] })
    expect(Math.abs((entry?.removedMs ?? 0) - Date.now())).toBeLessThan(60_000)
    expect(() => workspace.known.run('r')).not.toThrow()
    workspace.bin.restore(entry?.binId ?? 0, null)
    expect(workspace.corpora.list().map(({ name }) => name)).toEqual(['seen', 'removed'])
  })
})
