/** Annotations change by operations alone: applied whole or not at all, logged for good, undone and redone by the log. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnnotatedSpan } from '#main/document/annotation'
import { charsOf, stepChars } from '#main/document/char-bounds'
import { invertChanges, type Change } from '#main/document/operation'
import { countFlagged, withRemark } from '#main/document/remark'
import { withRange } from '#main/document/span'
import type { Workspace } from '#main/storage/workspace'
import { makeCorpus, sentenceIdsOf, temporaryWorkspace, tripleDocs } from '../support/temporary-workspace.ts'

const provenance = { origin: 'person', author: 'Ada', confidence: 0.75 } as const
const span = (id: string, start: number, end: number, label = 'PERSON'): AnnotatedSpan => ({
  id,
  start,
  end,
  label,
  provenance,
})
const add = (after: AnnotatedSpan): Change => ({ kind: 'span', before: null, after })

function open() {
  const workspace = temporaryWorkspace()
  const corpusId = makeCorpus(
    workspace,
    tripleDocs(['Mara Velt left Tarnow .', ['Mara', 'left', 'Tarnow']], ['Ada met Mara .']),
  )
  const [first = 0, second = 0] = sentenceIdsOf(workspace, corpusId)
  return { ...workspace, corpusId, first, second }
}

/** What the service does to undo and redo. */
function undo({ annotations }: Pick<Workspace, 'annotations'>, corpusId: number, author: string) {
  const act = annotations.latestUndoable(corpusId, author)
  if (!act) return null
  annotations.apply(act.sentenceId, author, 'undo', invertChanges(act.changes), 1, { undoes: act.operationId })
  return act.description
}
function redo({ annotations }: Pick<Workspace, 'annotations'>, corpusId: number, author: string) {
  const act = annotations.latestRedoable(corpusId, author)
  if (!act) return null
  annotations.apply(act.sentenceId, author, 'redo', act.changes, 1, { undoes: act.operationId })
  return act.description
}

describe('an operation', () => {
  it('changes the annotation and is logged', () => {
    const { annotations, corpusId, second } = open()
    const [ada, mara] = [span('a', 0, 1), span('m', 2, 3)]
    const knows = { id: 'r', subject: 'a', type: 'knows', object: 'm', provenance }
    const refused = { id: 'x', kind: 'span', key: '1:2:PERSON', provenance } as const
    const review = { isReviewed: true, isFlagged: true, note: 'sure?' }
    const changes: Change[] = [
      add(ada),
      add(mara),
      { kind: 'relation', before: null, after: knows },
      { kind: 'rejection', before: null, after: refused },
      { kind: 'review', before: { isReviewed: false, isFlagged: false, note: '' }, after: review },
    ]
    const { operation, annotation } = annotations.apply(second, 'Ada', 'all at once', changes, 77)
    expect(annotation).toEqual({ spans: [ada, mara], relations: [knows], rejections: [refused], review })
    expect(annotations.annotation(second)).toEqual(annotation)
    expect(annotations.history(corpusId, second, 10)).toEqual([operation])
    expect(operation).toMatchObject({ author: 'Ada', atMs: 77, description: 'all at once', changes, undoes: null })
    expect(annotations.operation(operation.operationId)).toEqual(operation)
  })

  it('is stored as it is in memory, whatever comes after what', () => {
    const { annotations, corpusId, second } = open()
    const words = 3
    const text = {
      words: ['Ada', 'met', 'Mara', '.'],
      tokens: [
        { start: 0, end: 3 },
        { start: 4, end: 7 },
        { start: 8, end: 12 },
        { start: 13, end: 14 },
      ],
    }
    const act = fc.record({
      kind: fc.constantFrom('add', 'remove', 'relabel', 'relate', 'unrelate', 'remark', 'cut'),
      at: fc.nat(words - 1),
      pick: fc.nat(),
    })
    let next = 0
    fc.assert(
      fc.property(fc.array(act, { minLength: 1, maxLength: 12 }), (acts) => {
        for (const { kind, at, pick } of acts) {
          const before = annotations.annotation(second)
          const chosen = before.spans[pick % Math.max(1, before.spans.length)]
          const relation = before.relations[pick % Math.max(1, before.relations.length)]
          const changes: Change[] = []
          if (kind === 'add') changes.push(add(span(`s${next++}`, at, at + 1)))
          if (kind === 'remove' && chosen) {
            // the span first: rows may refer to each other in any order until all are written
            changes.push({ kind: 'span', before: chosen, after: null })
            for (const lost of before.relations)
              if (lost.subject === chosen.id || lost.object === chosen.id)
                changes.push({ kind: 'relation', before: lost, after: null })
          }
          if (kind === 'relabel' && chosen)
            changes.push({ kind: 'span', before: chosen, after: { ...chosen, label: `L${pick % 3}` } })
          if (kind === 'relate' && chosen) {
            const after = { id: `r${next++}`, subject: chosen.id, type: 'knows', object: chosen.id, provenance }
            changes.push({ kind: 'relation', before: null, after })
          }
          if (kind === 'unrelate' && relation) changes.push({ kind: 'relation', before: relation, after: null })
          if (kind === 'remark') {
            const remark = { note: pick % 2 ? 'sure?' : '', isFlagged: pick % 3 > 0 }
            if (chosen) changes.push({ kind: 'span', before: chosen, after: withRemark(chosen, remark) })
            if (relation) changes.push({ kind: 'relation', before: relation, after: withRemark(relation, remark) })
          }
          if (kind === 'cut' && chosen) {
            const place = charsOf(chosen, text.tokens)
            const range = stepChars(chosen, pick % 2 ? 'start' : 'end', place.end % 2 ? 1 : -1, text)
            if (range) changes.push({ kind: 'span', before: chosen, after: withRange(chosen, range) })
          }
          if (changes.length === 0) continue
          const { annotation } = annotations.apply(second, 'Ada', kind, changes, 1)
          expect(annotations.annotation(second)).toEqual(annotation)
          const [row] = annotations.queueRows(corpusId, {}).filter(({ sentenceId }) => sentenceId === second)
          expect(row?.flaggedItems).toBe(countFlagged(annotation))
        }
      }),
      { numRuns: 40 },
    )
  })

  it('starts from what is stored after an act on several sentences was broken off', () => {
    const { transaction, annotations, first, second } = open()
    annotations.apply(second, 'Ada', 'one', [add(span('a', 0, 1))], 1)
    expect(() =>
      transaction(() => {
        annotations.apply(second, 'Ada', 'two', [add(span('b', 1, 2))], 1)
        annotations.apply(first, 'Ada', 'outside', [add(span('c', 0, 99))], 1)
      }),
    ).toThrow(/does not fit/)
    const { annotation } = annotations.apply(second, 'Ada', 'three', [add(span('d', 2, 3))], 1)
    expect(annotation.spans.map(({ id }) => id)).toEqual(['a', 'd'])
    expect(annotations.annotation(second)).toEqual(annotation)
  })

  it('shows at once in lists, filters and counts', () => {
    const { annotations, corpora, corpusId, first } = open()
    const [relation] = annotations.annotation(first).relations
    if (!relation) throw new Error('the triple was not anchored')
    const another = { ...relation, id: 'r2', type: 'lives_in' }
    const before = { isReviewed: false, isFlagged: false, note: '' }
    const changes: Change[] = [
      { kind: 'relation', before: null, after: another },
      { kind: 'review', before, after: { ...before, isReviewed: true } },
    ]
    annotations.apply(first, 'Ada', 'more', changes, 1)
    const { total, rows } = corpora.sentencePage(corpusId, { status: 'reviewed', overlapClass: 'EPO' }, 0, 10)
    expect(total).toBe(1)
    expect(rows[0]?.triples).toHaveLength(2)
    expect(corpora.find(corpusId).splits.train).toMatchObject({ reviewed: 1, triples: 2 })
    expect(annotations.queueRows(corpusId, { relationType: 'lives_in' })).toEqual([
      {
        sentenceId: first,
        split: 'train',
        position: 1,
        triples: 2,
        isReviewed: true,
        isFlagged: false,
        flaggedItems: 0,
        disputes: 0,
      },
    ])
    expect(annotations.texts([first]).get(first)).toBe('Mara Velt left Tarnow .')
  })

  it.each([
    [
      'starts from what is not there',
      [{ kind: 'span', before: span('z', 0, 1), after: null }],
      'conflict',
      'changed since',
    ],
    ['takes a span from under its relation', null, 'conflict', 'without one of its spans'],
    [
      'cuts off characters that are not of its words',
      [add({ ...span('z', 0, 1), chars: { start: 1, end: 7 } })],
      'invalid-input',
      'do not begin in its first word',
    ],
    [
      'cuts off nothing',
      [add({ ...span('z', 0, 1), chars: { start: 0, end: 4 } })],
      'invalid-input',
      'are just its words',
    ],
    ['leaves the sentence', [add(span('z', 4, 6))], 'invalid-input', 'does not fit into a sentence of 5 words'],
  ] as [string, Change[] | null, string, string][])(
    'that %s is refused, and nothing is written',
    (_, changes, code, message) => {
      const { annotations, corpusId, first } = open()
      const before = annotations.annotation(first)
      const removal: Change[] = before.spans.map((own) => ({ kind: 'span', before: own, after: null }))
      const act = () => annotations.apply(first, 'Ada', 'wrong', changes ?? removal, 1)
      expect(act).toThrow(message)
      expect(act).toThrow(expect.objectContaining({ code }) as Error)
      expect(annotations.annotation(first)).toEqual(before)
      expect(annotations.history(corpusId, null, 10)).toEqual([])
    },
  )
})

describe('a span that ends within a word', () => {
  it('is whole words for training, which knows how many were rounded', () => {
    const { annotations, corpora, corpusId, second } = open()
    expect(corpora.labelledSentences(corpusId, 'train').map(({ roundedSpans }) => roundedSpans)).toEqual([
      undefined,
      undefined,
    ])
    annotations.apply(second, 'Ada', 'cut', [add({ ...span('a', 2, 3), chars: { start: 8, end: 11 } })], 1)
    const [, labelled] = corpora.labelledSentences(corpusId, 'train')
    expect(labelled).toMatchObject({ spans: [{ start: 2, end: 3, label: 'PERSON' }], roundedSpans: 1 })
    expect(labelled?.spans[0]).not.toHaveProperty('chars')
  })
})

describe('undo and redo', () => {
  it('go back and forth through the acts of one person, over all sentences', () => {
    const workspace = open()
    const { annotations, corpusId, first, second } = workspace
    annotations.apply(first, 'Ada', 'one', [add(span('a', 0, 1))], 1)
    annotations.apply(second, 'Ben', 'theirs', [add(span('b', 1, 2))], 1)
    annotations.apply(second, 'Ada', 'two', [add(span('c', 0, 1))], 1)
    expect(undo(workspace, corpusId, 'Ada')).toBe('two')
    expect(undo(workspace, corpusId, 'Ada')).toBe('one')
    expect(undo(workspace, corpusId, 'Ada')).toBeNull()
    expect(annotations.annotation(second).spans.map(({ id }) => id)).toEqual(['b'])
    expect(redo(workspace, corpusId, 'Ada')).toBe('one')
    annotations.apply(first, 'Ada', 'three', [add(span('d', 1, 2))], 1)
    expect(redo(workspace, corpusId, 'Ada')).toBeNull()
    expect(undo(workspace, corpusId, 'Ada')).toBe('three')
    expect(undo(workspace, corpusId, 'Ada')).toBe('one')
    expect(redo(workspace, corpusId, 'Ada')).toBe('one')
    expect(annotations.history(corpusId, null, 2).map(({ description }) => description)).toEqual(['redo', 'undo'])
  })

  it('do what two stacks would do, for any order of acts', () => {
    const { annotations, corpusId, first } = open()
    const authors: string[] = []
    fc.assert(
      fc.property(fc.array(fc.constantFrom('act', 'undo', 'redo'), { maxLength: 25 }), (moves) => {
        const author = `author ${authors.length}`
        authors.push(author)
        const done: string[] = []
        const undone: string[] = []
        moves.forEach((move, index) => {
          if (move === 'act') {
            const name = `act ${index}`
            annotations.apply(first, author, name, [add(span(`${author} ${index}`, 0, 1))], 1)
            done.push(name)
            undone.length = 0
          } else if (move === 'undo') {
            const expected = done.pop() ?? null
            if (expected !== null) undone.push(expected)
            expect(undo({ annotations }, corpusId, author)).toBe(expected)
          } else {
            const expected = undone.pop() ?? null
            if (expected !== null) done.push(expected)
            expect(redo({ annotations }, corpusId, author)).toBe(expected)
          }
        })
        const own = annotations.annotation(first).spans.filter(({ id }) => id.startsWith(`${author} `))
        expect(own).toHaveLength(done.length)
      }),
      { numRuns: 25 },
    )
  })

  it('leave alone what an imported file tells of', () => {
    const workspace = temporaryWorkspace()
    const [doc] = tripleDocs(['Mara left .'])
    if (!doc) throw new Error('the record was not read')
    const history = [
      { author: 'Ada', atMs: 5, description: 'long ago', changes: [], undoes: null },
      { author: 'Ada', atMs: 6, description: 'taken back', changes: [], undoes: 0 },
    ]
    const annotations = doc.annotations.map((annotation) => ({ ...annotation, history }))
    const corpusId = makeCorpus(workspace, [{ ...doc, annotations }])
    expect(workspace.annotations.history(corpusId, null, 10).map(({ atMs }) => atMs)).toEqual([6, 5])
    expect(workspace.annotations.latestUndoable(corpusId, 'Ada')).toBeNull()
    expect(workspace.annotations.latestRedoable(corpusId, 'Ada')).toBeNull()
  })
})
