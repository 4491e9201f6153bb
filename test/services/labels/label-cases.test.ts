/** Cases of a type: reviewed sentences only, those worked on last first, however large the corpus. */
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { AnnotatedSpan } from '#main/document/annotation'
import type { Change } from '#main/document/operation'
import { openDatabase } from '#main/storage/database'
import { openWorkspace } from '#main/storage/workspace'
import { createLabels } from '#main/services/labels/labels'
import { recordedContext } from '../../support/recorded-context.ts'
import { makeCorpus, sentenceIdsOf, temporaryFolder, tripleDocs } from '../../support/temporary-workspace.ts'

const provenance = { origin: 'person', author: 'Ada' } as const
const span = (id: string, start: number, end: number, label = 'PER'): AnnotatedSpan => ({
  ...{ id, start, end, label, provenance },
})
const add = (after: AnnotatedSpan): Change => ({ kind: 'span', before: null, after })

function open(texts: readonly string[], folder = temporaryFolder()) {
  const workspace = openWorkspace(folder)
  onTestFinished(() => workspace.close())
  const corpusId = makeCorpus(workspace, tripleDocs(...texts.map((text) => [text] as const)))
  const ids = sentenceIdsOf(workspace, corpusId)
  const apply = (at: number, ...changes: Change[]) =>
    workspace.annotations.apply(ids[at] ?? 0, 'Ada', 'act', changes, 1_000)
  return {
    ...{ workspace, corpusId, ids, apply },
    review(at: number): void {
      const before = workspace.annotations.annotation(ids[at] ?? 0).review
      apply(at, { kind: 'review', before, after: { ...before, isReviewed: true } })
    },
    cases: (kind: 'entity' | 'relation', name: string, limit = 5) =>
      createLabels(recordedContext(workspace)).cases({ corpusId, kind, name, limit }),
  }
}

describe('cases of a type', () => {
  it('are reviewed sentences, those worked on last first, each once with its first span', async () => {
    const { apply, review, cases, ids } = open(['Ada met Mara .', 'Jon slept .', 'Mara left .'])
    apply(0, add(span('ada', 0, 1)), add(span('mara', 2, 3)))
    apply(1, add(span('jon', 0, 1)))
    apply(2, add(span('m', 0, 1)))
    review(2)
    review(0)
    const found = await cases('entity', 'PER')
    expect(found.map(({ sentenceId }) => sentenceId)).toEqual([ids[0], ids[2]])
    expect(found[0]).toMatchObject({
      ...{ split: 'train', position: 1, words: ['Ada', 'met', 'Mara', '.'] },
      ...{ isCutBefore: false, isCutAfter: false, span: { start: 0, end: 1 }, object: null },
    })
    expect(await cases('entity', 'PER', 1)).toHaveLength(1)
    expect(await cases('entity', 'ORG')).toEqual([])
  })

  it('of a relation show both ends, and a long sentence only the words around', async () => {
    const filler = Array.from({ length: 30 }, (_, at) => `w${at}`).join(' ')
    const { apply, review, cases } = open([`${filler} Jon led Calden ${filler}`])
    const relation = { id: 'r', subject: 'c', type: 'led_by', object: 'j', provenance }
    apply(0, add(span('j', 30, 31)), add(span('c', 32, 33, 'ORG')), { kind: 'relation', before: null, after: relation })
    review(0)
    const [found] = await cases('relation', 'led_by')
    expect(found).toMatchObject({ isCutBefore: true, isCutAfter: true })
    const at = ({ start, end }: { start: number; end: number }) => found?.words.slice(start, end).join(' ')
    expect(found && found.object && [at(found.span), at(found.object)]).toEqual(['Calden', 'Jon'])
    expect(found?.words.length).toBe(19)
  })

  it('are found too where they were reviewed before the latest thousands of acts', async () => {
    const folder = temporaryFolder()
    const { workspace, corpusId, apply, review, ids } = open(['Ada met Mara .', 'Jon slept .'], folder)
    apply(0, add(span('ada', 0, 1)))
    review(0)
    workspace.close()
    actOften(folder, corpusId, ids[1] ?? 0)
    const later = openWorkspace(folder)
    onTestFinished(() => later.close())
    const cases = await createLabels(recordedContext(later)).cases({ corpusId, kind: 'entity', name: 'PER', limit: 5 })
    expect(cases.map(({ sentenceId }) => sentenceId)).toEqual([ids[0]])
    expect(later.annotations.history(corpusId, ids[1] ?? 0, 30_000)).toHaveLength(20_001)
  })
})

/** Twenty thousand acts on a sentence and one more, written at once: one by one they would take seconds. */
function actOften(folder: string, corpusId: number, sentenceId: number): void {
  const database = openDatabase(path.join(folder, 'espalier.sqlite'))
  const before = { isReviewed: false, isFlagged: false, note: '' }
  const changes: Change[] = [{ kind: 'review', before, after: { ...before, isFlagged: true } }]
  database.run(
    `WITH RECURSIVE act (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM act WHERE number < 20001)
     INSERT INTO operation (corpus_id, sentence_id, author, at_ms, description, changes, is_imported)
     SELECT ?, ?, 'Ada', 1000, 'act', ?, 0 FROM act`,
    ...[corpusId, sentenceId, JSON.stringify(changes)],
  )
  database.close()
}
