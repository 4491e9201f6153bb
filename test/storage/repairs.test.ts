/** Damage that a check finds is mended by name: from the log of acts, from the text, from the tables. */
import path from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { RepairName } from '#main/core/finding'
import { addSpan } from '#main/document/edit'
import { setFlagged } from '#main/document/edit-review'
import { databaseChecks } from '#main/storage/check/check-database'
import { openDatabase } from '#main/storage/database'
import { openWorkspace, type Workspace } from '#main/storage/workspace'
import { makeCorpus, sentenceIdsOf, temporaryFolder, tripleDocs } from '../support/temporary-workspace.ts'

const words = ['Mara', 'Velt', 'left', 'Tarnow', '.']

/** A workspace with two annotated sentences. */
function annotated(): { folder: string; sentenceIds: number[] } {
  const folder = temporaryFolder()
  const workspace = openWorkspace(folder)
  const corpusId = makeCorpus(
    workspace,
    tripleDocs(['Mara Velt left Tarnow .', ['Mara Velt', 'left', 'Tarnow']], ['Mara Velt left Tarnow .']),
  )
  const sentenceIds = sentenceIdsOf(workspace, corpusId)
  for (const [at, sentenceId] of sentenceIds.entries()) {
    const annotation = workspace.annotations.annotation(sentenceId)
    const context = { author: 'Ada', words, newId: () => 'mine' }
    const { changes } = addSpan(annotation, { start: 2, end: 3 }, 'ACT', context)
    workspace.annotations.apply(sentenceId, 'Ada', 'act', changes, at)
    const flagged = setFlagged(workspace.annotations.annotation(sentenceId), true)
    workspace.annotations.apply(sentenceId, 'Ada', 'flag', flagged.changes, at)
  }
  workspace.close()
  return { folder, sentenceIds }
}

function damage(folder: string, sql: string): void {
  const sqlite = new Sqlite(path.join(folder, 'espalier.sqlite'))
  sqlite.function('divided', { deterministic: true }, () => null)
  sqlite.pragma('foreign_keys = OFF')
  sqlite.exec(sql)
  sqlite.close()
}

/** What all checks find, as the repair of each. */
function findingsIn(folder: string): { what: string; repair?: RepairName }[] {
  const database = openDatabase(path.join(folder, 'espalier.sqlite'))
  try {
    return databaseChecks
      .flatMap(({ run }) => run(database))
      .map(({ what, repair }) => ({ what, ...(repair && { repair }) }))
  } finally {
    database.close()
  }
}

function opened(folder: string): Workspace {
  const workspace = openWorkspace(folder)
  onTestFinished(() => workspace.close())
  return workspace
}

describe('a repair', () => {
  it.each([
    ['log', 'a span that lost its label', `UPDATE span SET label = 'XXX' WHERE span_id = 'mine'`, 2],
    ['log', 'a span that is gone', `DELETE FROM span WHERE span_id = 'mine' AND sentence_id = 1`, 1],
    ['log', 'a review that is another', 'UPDATE sentence SET is_flagged = 0 WHERE sentence_id = 2', 1],
    [
      'spans',
      'a span outside of its sentence',
      'UPDATE span SET end_token = 99 WHERE position = 0 AND sentence_id = 1',
      1,
    ],
    [
      'counts',
      'counts of sentences and types',
      'UPDATE sentence_count SET spans = 77; UPDATE label_count SET count = 55',
      0,
    ],
    ['search', 'the search index', `INSERT INTO sentence_text (sentence_text) VALUES ('delete-all')`, 2],
  ] as const)('called %s mends %s', (name, _, sql, changed) => {
    const { folder, sentenceIds } = annotated()
    const before = opened(folder)
    const annotations = sentenceIds.map((sentenceId) => before.annotations.annotation(sentenceId))
    before.close()
    expect(findingsIn(folder)).toEqual([])
    damage(folder, sql)
    const found = findingsIn(folder)
    expect(found.map(({ repair }) => repair)).toContain(name)
    const workspace = opened(folder)
    expect(workspace.repair(name, 'Ada')).toBe(changed)
    const after = sentenceIds.map((sentenceId) => workspace.annotations.annotation(sentenceId))
    if (name === 'spans') expect(after.map(({ spans }) => spans.length)).toEqual([2, 1])
    else
      expect(after.map(({ spans }) => spans.toSorted((a, b) => a.start - b.start))).toEqual(
        annotations.map(({ spans }) => spans.toSorted((a, b) => a.start - b.start)),
      )
    workspace.close()
    expect(findingsIn(folder)).toEqual([])
  })

  it('stands in the log under the name of whoever asked for it', () => {
    const { folder, sentenceIds } = annotated()
    damage(folder, `UPDATE span SET label = 'XXX' WHERE span_id = 'mine'`)
    const workspace = opened(folder)
    workspace.repair('log', 'Grace')
    const [latest] = workspace.annotations.history(1, sentenceIds[0] ?? 0, 1)
    expect(latest).toMatchObject({ author: 'Grace', description: 'Repair: as the log of acts says' })
  })

  it('is none where a text is another: that is told, with the place', () => {
    const { folder } = annotated()
    damage(folder, `UPDATE doc SET text = replace(text, 'Tarnow', 'Tarnov') WHERE doc_id = 2`)
    expect(findingsIn(folder)).toEqual([
      {
        what: 'The text or the words of 1 sentence of made are not those of the document, the first at position 2.',
      },
    ])
  })

  it('is not asked for where words have parts of speech and astral letters', () => {
    const folder = temporaryFolder()
    const workspace = opened(folder)
    const [doc] = tripleDocs(['𝔐ara left Tarnow .', ['𝔐ara', 'left', 'Tarnow']])
    if (!doc) throw new Error('there is no document')
    makeCorpus(workspace, [{ ...doc, tokens: doc.tokens.map((token) => ({ ...token, pos: 'NOUN' })) }])
    workspace.close()
    expect(findingsIn(folder)).toEqual([])
  })
})
