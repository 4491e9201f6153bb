/** Sentences that move between splits: whole documents, numbered without gaps, taken back exactly, and never half-moved. */
import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { runSteps } from '#main/core/steps'
import { describe, expect, it } from 'vitest'
import type { AnnotatedDoc } from '#main/document/annotated-doc'
import { splits, type Split } from '#main/document/doc'
import { openDatabase } from '#main/storage/database'
import { migrate, migrations } from '#main/storage/migrations/migrations'
import { beginMoving, moveSteps, planAct, planDocs, planSelection, planUndo } from '#main/storage/split-acts'
import { openWorkspace, type Workspace } from '#main/storage/workspace'
import { makeCorpus, temporaryFolder, temporaryWorkspace, tripleDocs } from '../support/temporary-workspace.ts'

/** A document of some sentences of one word each. */
function docOf(name: string, sentences: number): AnnotatedDoc {
  const words = Array.from({ length: sentences }, (_, index) => `${name}${index}`)
  const text = words.join(' ')
  const tokens = words.map((word, index) => {
    const start = words.slice(0, index).join(' ').length + (index === 0 ? 0 : 1)
    return { start, end: start + word.length }
  })
  const ranges = words.map((_, index) => ({ start: index, end: index + 1 }))
  return { id: name, text, tokens, sentences: ranges, annotations: [] }
}

const listed = (workspace: Workspace, corpusId: number) =>
  workspace.corpora
    .sentencePage(corpusId, {}, 0, 1000)
    .rows.map(({ text, split, position }) => `${split} ${position} ${text}`)

const act = (corpusId: number) => ({ corpusId, author: 'Ada', atMs: 5 })
const moved = (_: number, all: number): string => `${all} moved`

describe('moving sentences to a split', () => {
  it('keeps documents whole, numbers every split from 1 in the order of the import, and is taken back exactly', async () => {
    const gesture = fc.record({ picks: fc.array(fc.nat(60), { minLength: 1 }), split: fc.constantFrom(...splits) })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 12 }),
        fc.array(gesture, { maxLength: 4 }),
        async (sizes, gestures) => {
          const workspace = openWorkspace(temporaryFolder(), { now: () => 1 })
          const corpusId = makeCorpus(
            workspace,
            sizes.map((size, index) => docOf(`d${String.fromCodePoint(97 + index)}`, size)),
          )
          const states = [listed(workspace, corpusId)]
          for (const { picks, split } of gestures) {
            const ids = runSteps(workspace.corpora.idPageSteps(corpusId, {}, 0, 1000)).ids
            const chosen = picks.map((pick) => ids[pick % ids.length] ?? 0)
            const done = await workspace.splits.assign(
              act(corpusId),
              { sentenceIds: chosen },
              split,
              moved,
              setImmediate,
            )
            if (!done) continue
            const rows = workspace.corpora.sentencePage(corpusId, {}, 0, 1000).rows
            for (const name of splits) {
              const own = rows.filter((row) => row.split === name)
              expect(own.map(({ position }) => position)).toEqual(own.map((_, index) => index + 1))
              expect(own.map(({ text }) => text)).toEqual(own.map(({ text }) => text).toSorted())
            }
            for (const id of chosen) expect(workspace.corpora.sentence(id).split).toBe(split)
            for (const doc of [...workspace.corpora.docsOf(corpusId, null)].flat()) {
              const own = rows.filter(({ text }) => text.startsWith(doc.id))
              expect(new Set(own.map((row) => row.split))).toEqual(new Set([doc.split]))
            }
            states.push(listed(workspace, corpusId))
          }
          for (const state of states.slice(0, -1).toReversed()) {
            expect(await workspace.splits.undo(act(corpusId), () => 'undone', setImmediate)).not.toBeNull()
            expect(listed(workspace, corpusId)).toEqual(state)
          }
          expect(await workspace.splits.undo(act(corpusId), () => 'undone', setImmediate)).toBeNull()
          for (const state of states.slice(1)) {
            expect(await workspace.splits.redo(act(corpusId), () => 'done again', setImmediate)).not.toBeNull()
            expect(listed(workspace, corpusId)).toEqual(state)
          }
          expect(await workspace.splits.redo(act(corpusId), () => 'done again', setImmediate)).toBeNull()
          workspace.close()
        },
      ),
      { numRuns: 25 },
    )
  })

  it('says how many were selected and how many went along with their documents', async () => {
    const workspace = temporaryWorkspace()
    const corpusId = makeCorpus(workspace, [docOf('a', 3), docOf('b', 2)])
    const [first = 0] = runSteps(workspace.corpora.idPageSteps(corpusId, {}, 0, 1)).ids
    const describeBoth = (selected: number, all: number): string => `${selected} of ${all}`
    const select = { sentenceIds: [first] }
    const done = await workspace.splits.assign(act(corpusId), select, 'test', describeBoth, setImmediate)
    expect(done).toMatchObject({ description: '1 of 3', sentences: 3, documents: 1 })
    expect(await workspace.splits.assign(act(corpusId), select, 'test', describeBoth, setImmediate)).toBeNull()
  })

  it('lists what takes a large act back some documents at a time', () => {
    const database = openDatabase(`${temporaryFolder()}/espalier.sqlite`)
    migrate(database, 1, migrations)
    const corpusId = database.run(`INSERT INTO corpus (name, labels, created_ms) VALUES ('made', '{}', 1)`).lastId
    const [done, undoing] = [1, 2].map(() => planAct(database, { ...act(corpusId), undoes: null })) as [number, number]
    const docs = Array.from({ length: 2500 }, (_, at) => ({ docId: at + 1, before: 0, after: at % 2 }))
    for (const _ of planDocs(database, done, docs)) continue
    expect([...planUndo(database, undoing, done)].length).toBeGreaterThan(1)
    const movesOf = (actId: number, columns: string) =>
      database.all(`SELECT doc_id, ${columns} FROM split_move WHERE act_id = ? ORDER BY doc_id`, actId)
    expect(movesOf(undoing, 'split_before AS one, split_after AS other')).toEqual(
      movesOf(done, 'split_after AS one, split_before AS other'),
    )
    expect(movesOf(undoing, 'split_after')).toHaveLength(1250)
    database.close()
  })

  it('takes all that match a filter but some', async () => {
    const workspace = temporaryWorkspace()
    const corpusId = makeCorpus(workspace, tripleDocs(['Ada left', ['Ada', 'p', 'left']], ['Ben left'], ['Ada came']))
    const [first = 0] = runSteps(workspace.corpora.idPageSteps(corpusId, {}, 0, 1)).ids
    const select = { filter: { search: 'Ada' }, without: [first] }
    await workspace.splits.assign(act(corpusId), select, 'dev', moved, setImmediate)
    expect(listed(workspace, corpusId)).toEqual(['train 1 Ada left', 'train 2 Ben left', 'dev 1 Ada came'])
    await workspace.splits.assign(
      act(corpusId),
      { filter: { splits: ['train'] }, without: [] },
      'test',
      moved,
      setImmediate,
    )
    expect(listed(workspace, corpusId)).toEqual(['dev 1 Ada came', 'test 1 Ada left', 'test 2 Ben left'])
  })

  it('is taken back and done again as often as one likes, and not once sentences were moved anew', async () => {
    const folder = temporaryFolder()
    const first = openWorkspace(folder)
    const corpusId = makeCorpus(
      first,
      ['a', 'b', 'c'].map((name) => docOf(name, 1)),
    )
    const idsOf = (text: string) => runSteps(first.corpora.idPageSteps(corpusId, { search: text }, 0, 9)).ids
    const assign = (text: string, split: Split) =>
      first.splits.assign(act(corpusId), { sentenceIds: idsOf(text) }, split, () => `${text} to ${split}`, setImmediate)
    const splitsOf = (workspace: Workspace) => listed(workspace, corpusId).map((row) => row.replace(/ \d+ /, ' '))
    const one = await assign('a0', 'dev')
    await assign('b0', 'test')
    for (let round = 0; round < 3; round++) {
      await first.splits.undo(act(corpusId), String, setImmediate)
      await first.splits.undo(act(corpusId), String, setImmediate)
      const redone = await first.splits.redo(act(corpusId), ({ description }) => `again: ${description}`, setImmediate)
      expect(redone).toMatchObject({ actId: one?.actId, description: 'again: a0 to dev', sentences: 1 })
      expect(first.splits.latest(corpusId)?.actId).toBe(one?.actId)
      expect(splitsOf(first)).toEqual(['train b0', 'train c0', 'dev a0'])
      await first.splits.redo(act(corpusId), String, setImmediate)
      expect(splitsOf(first)).toEqual(['train c0', 'dev a0', 'test b0'])
    }
    await first.splits.undo(act(corpusId), String, setImmediate)
    first.close()
    const opened = openWorkspace(folder)
    expect(opened.splits.undone(corpusId)?.description).toBe('b0 to test')
    await opened.splits.place(act(corpusId), [{ docId: 3, before: 0, after: 1 }], () => 'c0 to dev', setImmediate)
    expect(opened.splits.undone(corpusId)).toBeNull()
    expect(await opened.splits.redo(act(corpusId), String, setImmediate)).toBeNull()
    await opened.splits.undo(act(corpusId), String, setImmediate)
    expect(opened.splits.undone(corpusId)?.description).toBe('c0 to dev')
    opened.close()
  })

  it('is brought to its end by the next opening where a kill came between, and refused to be read until then', async () => {
    const folder = temporaryFolder()
    const first = openWorkspace(folder)
    const corpusId = makeCorpus(
      first,
      ['a', 'b', 'c', 'd'].map((name) => docOf(name, 2)),
    )
    first.close()
    for (let steps = 0; steps < 12; steps++) {
      const database = openDatabase(`${folder}/espalier.sqlite`)
      const split: Split = steps % 2 === 0 ? 'test' : 'train'
      const filter = { search: 'a0' }
      const actId = planAct(database, { ...act(corpusId), undoes: null })
      for (const _ of planSelection(database, { actId, corpusId, selection: { filter, without: [] }, split })) continue
      if (steps > 0) beginMoving(database, actId)
      const moving = moveSteps(database, actId)
      for (let step = 0; step < steps; step++) moving.next()
      database.close()
      const opened = openWorkspace(folder)
      const ofSplit = (name: Split) =>
        runSteps(opened.corpora.idPageSteps(corpusId, { splits: [name] }, 0, 100)).ids.length
      const { sentences = 0, documents = 0 } = opened.splits.latest(corpusId) ?? {}
      expect(sentences).toBe(2 * documents) // of this act: each is counted once
      expect([ofSplit('train'), ofSplit('test')]).toEqual(split === 'test' && steps > 0 ? [6, 2] : [8, 0])
      const positions = opened.corpora.sentencePage(corpusId, {}, 0, 100).rows.map(({ position }) => position)
      expect(positions.every((position) => position > 0)).toBe(true)
      expect(() => opened.corpora.labelledSentences(corpusId, 'train')).not.toThrow()
      opened.close()
    }
  })

  it('keeps a split from being read for training or export while sentences are on their way', async () => {
    const workspace = temporaryWorkspace()
    const corpusId = makeCorpus(
      workspace,
      Array.from({ length: 2000 }, (_, index) => docOf(`d${index}x`, 1)),
    )
    const told: unknown[] = []
    const look = async (): Promise<void> => {
      await setImmediate()
      workspace.corpora.sentencePage(corpusId, { overlapClass: 'none', search: 'd1', splits: ['dev'] }, 0, 10)
      for (const read of [
        () => workspace.corpora.labelledSentences(corpusId, 'train'),
        () => workspace.corpora.docsOf(corpusId, null),
      ])
        try {
          read()
        } catch (error) {
          told.push(String(error))
        }
    }
    await workspace.splits.assign(act(corpusId), { filter: {}, without: [] }, 'dev', moved, look)
    expect(told.length).toBeGreaterThan(1)
    const found = workspace.corpora.sentencePage(
      corpusId,
      { overlapClass: 'none', search: 'd1', splits: ['dev'] },
      0,
      10,
    )
    expect(found.total).toBe(1111) // d1x, d10x to d19x, d100x to d199x, d1000x to d1999x: not what was found on the way
    expect(told[0]).toMatch(/moving to other splits. Try again/)
    expect(workspace.corpora.labelledSentences(corpusId, 'dev')).toHaveLength(2000)
  })
})
