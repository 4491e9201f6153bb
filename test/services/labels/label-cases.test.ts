/** Cases of a type: reviewed sentences only, those worked on last first, however large the corpus. */
import { describe, expect, it } from 'vitest'
import type { AnnotatedSpan } from '#main/document/annotation'
import type { Change } from '#main/document/operation'
import { createLabels } from '#main/services/labels/labels'
import { recordedContext } from '../../support/recorded-context.ts'
import { makeCorpus, sentenceIdsOf, temporaryWorkspace, tripleDocs } from '../../support/temporary-workspace.ts'

const provenance = { origin: 'person', author: 'Ada' } as const
const span = (id: string, start: number, end: number, label = 'PER'): AnnotatedSpan => ({
  ...{ id, start, end, label, provenance },
})
const add = (after: AnnotatedSpan): Change => ({ kind: 'span', before: null, after })

function open(texts: readonly string[]) {
  const workspace = temporaryWorkspace()
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
    const { workspace, apply, review, cases, ids } = open(['Ada met Mara .', 'Jon slept .'])
    apply(0, add(span('ada', 0, 1)))
    review(0)
    workspace.transaction(() => {
      for (let at = 0; at < 20_001; at++) apply(1, ...toggle(workspace.annotations.annotation(ids[1] ?? 0).review))
    })
    expect((await cases('entity', 'PER')).map(({ sentenceId }) => sentenceId)).toEqual([ids[0]])
  })
})

function toggle(before: { isReviewed: boolean; isFlagged: boolean; note: string }): Change[] {
  return [{ kind: 'review', before, after: { ...before, isFlagged: !before.isFlagged } }]
}
