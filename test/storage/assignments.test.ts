/** Assigned sentences: known again as long as their words are what they were. */
import { describe, expect, it } from 'vitest'
import { runSteps } from '#main/core/steps'
import { createAssignmentRepository, digestOfDoc } from '#main/storage/assignment-repository'
import { createCorpusRepository } from '#main/storage/corpus-repository'
import { openDatabase } from '#main/storage/database'
import { eraseCorpus } from '#main/storage/erase-corpus'
import { migrate } from '#main/storage/migrations/migrations'
import { tripleDocs } from '../support/temporary-workspace.ts'

function open() {
  const database = openDatabase(':memory:')
  migrate(database, 1)
  const corpora = createCorpusRepository(database, () => 1)
  const assignments = createAssignmentRepository(database)
  const corpusId = corpora.create('made', { entityTypes: [], relationTypes: [], signatures: [] })
  corpora.addDocs(corpusId, 'dev', 'a.json', tripleDocs(['Ada slept .'], ['Ben 😀 slept .'], ['Cem left .']))
  const ids = database.column<number>('SELECT sentence_id FROM sentence ORDER BY sentence_id')
  const manifest = { packageId: 'p', corpus: 'made', person: 'Ann', createdMs: 1, seed: 1, overlap: 1 }
  runSteps(assignments.add({ ...manifest, corpusId, sentences: 3, shared: 3, withGold: false }, ids))
  return { database, assignments, corpusId, ids }
}

describe('assigned sentences', () => {
  it('have the digest of the document that goes out', () => {
    const { assignments, ids } = open()
    const docs = [...assignments.docs('p')].flat()
    expect(docs.map(({ id, split, text }) => [Number(id), split, text])).toEqual([
      [ids[0], 'dev', 'Ada slept .'],
      [ids[1], 'dev', 'Ben 😀 slept .'],
      [ids[2], 'dev', 'Cem left .'],
    ])
    const known = assignments.assigned('p', ids)
    expect(docs.map(digestOfDoc)).toEqual(ids.map((id) => known.get(id)?.assigned))
  })

  it('are told from those that were changed, and from those that are gone', () => {
    const { database, assignments, ids } = open()
    const [first = 0, second = 0, third = 0] = ids
    database.run(`UPDATE sentence SET tokens = '[0,3,4,11]' WHERE sentence_id = ?`, first)
    database.script('PRAGMA foreign_keys = OFF')
    database.run('DELETE FROM sentence WHERE sentence_id = ?', second)
    const known = assignments.assigned('p', ids)
    const isSame = (id: number): boolean => known.get(id)?.present === known.get(id)?.assigned
    expect([isSame(first), known.get(second)?.present, isSame(third)]).toEqual([false, null, true])
    expect(assignments.assigned('other', ids).size).toBe(0)
  })

  it('are forgotten with their corpus', () => {
    const { database, assignments, corpusId } = open()
    assignments.putOpened(corpusId, { ...assignments.list(corpusId)[0]!, returned: null })
    runSteps(eraseCorpus(database, corpusId))
    for (const table of ['assignment', 'assigned_sentence', 'opened_package'])
      expect(database.all(`SELECT * FROM ${table}`)).toEqual([])
  })
})
