/** What stands twice in a corpus, or not where its triples say: found by hashes, counted as a plain comparison of all sentences would, and filtered by. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runSteps } from '#main/core/steps'
import { splits } from '#main/document/doc'
import { openDatabase } from '#main/storage/database'
import { migrate, migrations } from '#main/storage/migrations/migrations'
import { openWorkspace } from '#main/storage/workspace'
import { normalised } from '#main/text/likeness'
import { makeCorpus, temporaryFolder, temporaryWorkspace, tripleDocs } from '../support/temporary-workspace.ts'

describe('the leak report', () => {
  it('counts sentences that stand twice as a comparison of all with all does', () => {
    const workspace = temporaryWorkspace()
    const text = fc.constantFrom('Ada left .', 'ada left', 'Ada  left !', 'Ben came .', 'ben CAME', 'Cid')
    let number = 0
    fc.assert(
      fc.property(fc.array(fc.tuple(text, fc.constantFrom(...splits)), { maxLength: 25 }), (placed) => {
        const corpusId = workspace.corpora.create(`c${++number}`, {
          entityTypes: [],
          relationTypes: [],
          signatures: [],
        })
        for (const [own, split] of placed) workspace.corpora.addDocs(corpusId, split, 'a', tripleDocs([own]))
        const rows = workspace.corpora.sentencePage(corpusId, {}, 0, 100).rows
        const expected = (split: string, other: string, form: (text: string) => string) =>
          rows.filter(
            (row) =>
              row.split === split &&
              rows.some(
                (there) =>
                  there.split === other &&
                  form(there.text) === form(row.text) &&
                  (split !== other || there.sentenceId < row.sentenceId),
              ),
          ).length
        const { repeats, examples } = runSteps(workspace.corpora.leakSteps(corpusId))
        for (const { split, other, exact, normalised: loose } of repeats) {
          expect({ split, other, exact }).toEqual({ split, other, exact: expected(split, other, (own) => own) })
          expect({ split, other, loose }).toEqual({ split, other, loose: expected(split, other, normalised) })
        }
        const leaked = expected('test', 'train', normalised) + expected('dev', 'train', normalised)
        expect(examples).toHaveLength(leaked)
        for (const { text: own, other, isExact } of examples) {
          const there = rows.find(({ sentenceId }) => sentenceId === other.sentenceId)
          expect(there?.split).toBe('train')
          expect(isExact).toBe(there?.text === own)
        }
        const total = (repeated: 'inside' | 'in-train') =>
          workspace.corpora.sentencePage(corpusId, { repeated }, 0, 100).total
        expect(total('in-train')).toBe(leaked)
        expect(total('inside')).toBe(splits.reduce((sum, split) => sum + expected(split, split, normalised), 0))
      }),
      { numRuns: 60 },
    )
  })

  it('counts triples of dev and test whose strings stand in train, and documents with one name', () => {
    const workspace = temporaryWorkspace()
    const corpusId = makeCorpus(workspace, tripleDocs(['Ada knows Ben', ['Ada', 'knows', 'Ben']]))
    const later = tripleDocs(
      ['Here Ada knows Ben too', ['Ada', 'knows', 'Ben'], ['Ben', 'knows', 'Ada']],
      ['Ada and Cid', ['Ada', 'knows', 'Ben']],
    )
    workspace.corpora.addDocs(corpusId, 'test', 'made.json', later)
    const { triples, documents } = runSteps(workspace.corpora.leakSteps(corpusId))
    expect(triples).toEqual([
      { split: 'dev', triples: 0, inTrain: 0 },
      { split: 'test', triples: 2, inTrain: 1 },
    ])
    expect(documents).toBe(2) // made.json#1 of train and of test
  })

  it('knows the sentences of a workspace made before they had hashes', () => {
    const folder = temporaryFolder()
    const database = openDatabase(`${folder}/espalier.sqlite`)
    const before = migrations.findIndex(({ name }) => name === '0020-likeness')
    migrate(database, 1, migrations.slice(0, before))
    database.script(`INSERT INTO corpus (corpus_id, name, labels, created_ms) VALUES (1, 'made',
      '{"entityTypes":[],"relationTypes":[],"signatures":[]}', 1)`)
    ;['Ada left', 'ada left .', 'Ben'].forEach((text, at) => {
      const row = [at + 1, text]
      database.run(
        `INSERT INTO doc (doc_id, corpus_id, split, file, source_id, text, tokens) VALUES (?, 1, 0, 'a', '', ?, '[0,3]')`,
        ...row,
      )
      database.run(
        `INSERT INTO sentence (sentence_id, doc_id, corpus_id, split, position, first_token, text, tokens, span_count, triple_count,
           overlap, ambiguous_anchors, repeated_triples) VALUES (?, ?, 1, 0, ?, 0, ?, '[0,3]', 0, 0, 0, 0, 0)`,
        ...[at + 1, at + 1, at + 1, text],
      )
    })
    database.close()
    const opened = openWorkspace(folder)
    expect(opened.corpora.sentencePage(1, { repeated: 'inside' }, 0, 10).rows.map(({ text }) => text)).toEqual([
      'ada left .',
    ])
    opened.close()
  })
})

it('sentences whose triples are ambiguous or not anchored are found by a filter', () => {
  const workspace = temporaryWorkspace()
  const corpusId = makeCorpus(
    workspace,
    tripleDocs(
      ['Ada saw Ada and Ben', ['Ada', 'saw', 'Ben']],
      ['Cid left Dora', ['Cid', 'left', 'Dora']],
      ['Eve came', ['Eve', 'left', 'Nobody']],
    ),
  )
  const found = (anchors: 'ambiguous' | 'unanchored') =>
    workspace.corpora.sentencePage(corpusId, { anchors }, 0, 10).rows.map(({ text }) => text)
  expect(found('ambiguous')).toEqual(['Ada saw Ada and Ben'])
  expect(found('unanchored')).toEqual(['Eve came'])
})
