/** The annotations service: what a sentence opens with, what may be applied, undo and redo, and the queue's orders. */
import { describe, expect, it } from 'vitest'
import type { QueueOrder } from '#main/document/queue'
import { emptyAnnotation, spanKey, type AnnotatedSpan } from '#main/document/annotation'
import type { Change } from '#main/document/operation'
import type { Prediction } from '#main/document/prediction'
import type { SentenceFilter } from '#main/document/sentence-row'
import type { SentenceSelection } from '#main/document/split-act'
import { createAnnotations } from '#main/services/annotations/annotations'
import { predicted } from '../../support/labelled-sentences.ts'
import { recordedContext } from '../../support/recorded-context.ts'
import { makeRun } from '../../support/renderer-runs.ts'
import { makeCorpus, sentenceIdsOf, temporaryWorkspace, tripleDocs } from '../../support/temporary-workspace.ts'

const provenance = { origin: 'person', author: 'Ada' } as const
const span = (id: string, start: number, end: number, label = 'PER'): AnnotatedSpan => ({
  ...{ id, start, end, label, provenance },
})
const add = (after: AnnotatedSpan): Change => ({ kind: 'span', before: null, after })

function open() {
  const workspace = temporaryWorkspace()
  const texts = ['Mara Velt left Tarnow .', 'Ada met Mara .', 'Jon slept .']
  const corpusId = makeCorpus(workspace, tripleDocs(...texts.map((text) => [text] as const)))
  workspace.labels.update(corpusId, {
    entityTypes: [{ name: 'PER' }, { name: 'LOC' }],
    relationTypes: [{ name: 'left' }],
    signatures: [],
  })
  workspace.settings.update({ annotator: 'Ada' })
  const context = recordedContext(workspace)
  const asked: unknown[] = []
  const annotations = createAnnotations(context, async (...request) => void asked.push(request))
  const [first = 0, second = 0, third = 0] = sentenceIdsOf(workspace, corpusId)
  const run = makeRun('pmei', 1, { corpusId })
  workspace.runs.insert(run)
  return {
    ...{ workspace, annotations, corpusId, first, second, third, asked, events: context.events, runId: run.runId },
    label: (sentenceId: number, after: AnnotatedSpan) =>
      annotations.apply({ sentenceId, description: `label ${after.id}`, changes: [add(after)] }),
    review: (sentenceId: number, part: { isReviewed?: boolean; isFlagged?: boolean }) => {
      const before = workspace.annotations.annotation(sentenceId).review
      const changes: Change[] = [{ kind: 'review', before, after: { ...before, ...part } }]
      return annotations.apply({ sentenceId, description: 'review', changes })
    },
    store: (sentenceId: number, prediction: Prediction) =>
      workspace.predictions.store(run.runId, 1, [{ sentenceId, prediction }]),
    spansOf: (sentenceId: number) => workspace.annotations.annotation(sentenceId).spans.map(({ id }) => id),
  }
}

/** A prediction with one span of this probability. */
function unsure(wordCount: number, probability: number): Prediction {
  const whole = predicted(wordCount, [[0, 1, 'PER']], [])
  return { ...whole, spans: whole.spans.map((found) => ({ ...found, probability })) }
}

describe('the blind share', () => {
  it('comes without suggestions until it is reviewed, and is the same for the same seed', async () => {
    const { annotations, workspace, runId, store, review, first } = open()
    store(first, unsure(5, 0.6))
    const view = () => annotations.open({ sentenceId: first, runId })
    expect(await view()).toMatchObject({ heldBack: null, prediction: { spans: [{ label: 'PER' }] } })
    workspace.settings.update({ blindShare: 1 })
    expect(await view()).toMatchObject({ heldBack: 'blind share', prediction: null })
    await review(first, { isReviewed: true })
    expect(await view()).toMatchObject({ heldBack: null, prediction: { spans: [{ label: 'PER' }] } })
  })
})

describe('progress', () => {
  it('counts what was reviewed, and the own work of today without pauses', async () => {
    const { annotations, workspace, corpusId, first, second, third, review } = open()
    const noon = new Date(2026, 0, 2, 12).getTime()
    const act = (sentenceId: number, atMs: number, author = 'Ada') => {
      const before = workspace.annotations.annotation(sentenceId).review
      const changes: Change[] = [{ kind: 'review', before, after: { ...before, isReviewed: true } }]
      workspace.annotations.apply(sentenceId, author, 'done', changes, atMs)
    }
    act(first, noon)
    act(second, noon + 60_000)
    act(third, noon + 60 * 60_000, 'Ben')
    await review(first, { isFlagged: true })
    const pace = workspace.annotations.pace(corpusId, 'Ada', noon - 1000)
    expect(pace).toEqual({ reviewed: 2, activeMs: 60_000 })
    expect(workspace.annotations.pace(corpusId, 'Ada', noon + 1000).reviewed).toBe(1)
    expect(await annotations.progress({ corpusId })).toMatchObject({ reviewed: 3, total: 3 })
  })
})

describe('the same words elsewhere', () => {
  it('are found word by word, labelled as one act, and taken back and done again as one', async () => {
    const { annotations, label, first, second, third, corpusId, spansOf, events } = open()
    await label(first, span('a', 0, 1))
    const { total, items } = await annotations.occurrences({ sentenceId: first, start: 0, end: 1, label: 'PER' })
    expect(total).toBe(1)
    expect(items).toMatchObject([
      { sentenceId: second, start: 2, before: 'Ada met', text: 'Mara', after: '.', present: null },
    ])
    const places = [
      { sentenceId: second, start: 0, end: 1 },
      { sentenceId: second, start: 2, end: 3 },
      { sentenceId: third, start: 0, end: 1 },
    ]
    expect(await annotations.propagate({ label: 'PER', places })).toBe(3)
    expect([spansOf(second).length, spansOf(third).length]).toEqual([2, 1])
    expect(await annotations.undo({ corpusId })).toMatchObject({ sentences: 2 })
    expect([spansOf(first), spansOf(second), spansOf(third)]).toEqual([['a'], [], []])
    expect(await annotations.redo({ corpusId })).toMatchObject({ sentences: 2 })
    expect([spansOf(second).length, spansOf(third).length]).toEqual([2, 1])
    await annotations.undo({ corpusId })
    expect((await annotations.undo({ corpusId }))?.undoneDescription).toBe('label a')
    expect(events.filter(({ type }) => type === 'annotation-changed')).toHaveLength(1 + 4 * 2 + 1)
  })

  it('stay labelled everywhere when one of the sentences has changed since, which is named', async () => {
    const { annotations, workspace, second, third, corpusId, spansOf } = open()
    const places = [second, third].map((sentenceId) => ({ sentenceId, start: 0, end: 1 }))
    await annotations.propagate({ label: 'PER', places })
    const [labelled] = workspace.annotations.annotation(third).spans
    if (!labelled) throw new Error('nothing was labelled')
    const changes: Change[] = [{ kind: 'span', before: labelled, after: { ...labelled, end: 2 } }]
    workspace.annotations.apply(third, 'Ben', 'wider', changes, 5)
    await expect(annotations.undo({ corpusId })).rejects.toThrow(`Sentence ${third} has changed since`)
    expect([spansOf(second).length, spansOf(third).length]).toEqual([1, 1])
  })

  it('are labelled everywhere or nowhere: an unknown type, or a place that is none, changes nothing', async () => {
    const { annotations, first, second, spansOf } = open()
    const places = [first, second].map((sentenceId) => ({ sentenceId, start: 0, end: 1 }))
    await expect(annotations.propagate({ label: 'CITY', places })).rejects.toThrow('no entity type "CITY"')
    const outside = [...places, { sentenceId: second, start: 8, end: 9 }]
    await expect(annotations.propagate({ label: 'PER', places: outside })).rejects.toThrow(/does not fit/)
    expect([spansOf(first), spansOf(second)]).toEqual([[], []])
  })
})

describe('going back to a point', () => {
  it('takes back all that came after it as one act, which undo takes back', async () => {
    const { annotations, label, review, first, second, corpusId, spansOf, workspace } = open()
    const { operation } = await label(first, span('a', 0, 2))
    await label(first, span('b', 3, 4, 'LOC'))
    await label(second, span('elsewhere', 0, 1))
    await review(first, { isFlagged: true })
    await annotations.undo({ corpusId })
    const back = await annotations.backTo({ sentenceId: first, operationId: operation.operationId })
    expect(back?.operation.description).toBe('Back to: label a')
    expect([spansOf(first), spansOf(second)]).toEqual([['a'], ['elsewhere']])
    await annotations.undo({ corpusId })
    expect(spansOf(first)).toEqual(['a', 'b'])
    await annotations.backTo({ sentenceId: first, operationId: null })
    expect(workspace.annotations.annotation(first)).toEqual(emptyAnnotation)
    expect(await annotations.backTo({ sentenceId: first, operationId: null })).toBeNull()
  })

  it('refuses a point of another sentence', async () => {
    const { annotations, label, first, second } = open()
    const { operation } = await label(first, span('a', 0, 2))
    const request = { sentenceId: second, operationId: operation.operationId }
    await expect(annotations.backTo(request)).rejects.toThrow(/no operation \d+ in its history/)
  })
})

describe('opening a sentence', () => {
  it('shows it in its place with its annotation and label set', async () => {
    const { annotations, label, second, corpusId } = open()
    await label(second, span('a', 0, 1))
    const view = await annotations.open({ sentenceId: second, runId: null })
    expect(view).toMatchObject({
      ...{ sentenceId: second, corpusId, corpusName: 'made', split: 'train', position: 2, text: 'Ada met Mara .' },
      annotation: { spans: [{ id: 'a', label: 'PER' }], relations: [] },
      labels: { entityTypes: [{ name: 'PER' }, { name: 'LOC' }] },
      ...{ unanchored: [], prediction: null },
    })
    expect(view.tokens).toHaveLength(4)
  })

  it('brings what the chosen run is known to predict, without making it read', async () => {
    const { annotations, first, second, runId, store, asked } = open()
    store(first, unsure(5, 0.7))
    expect((await annotations.open({ sentenceId: first, runId })).prediction).toEqual(unsure(5, 0.7))
    expect((await annotations.open({ sentenceId: second, runId })).prediction).toBeNull()
    expect(asked).toEqual([])
    await annotations.predict({ runId, sentenceIds: [second] })
    expect(asked).toEqual([[runId, [second]]])
  })

  it('refuses a sentence that is not there', async () => {
    const { annotations } = open()
    await expect(annotations.open({ sentenceId: 999, runId: null })).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('applying changes', () => {
  it('writes them under the name of the person and tells every window', async () => {
    const { label, first, events, workspace } = open()
    const { operation } = await label(first, span('a', 0, 2))
    expect(operation).toMatchObject({ sentenceId: first, author: 'Ada', atMs: 1_000, description: 'label a' })
    expect(workspace.annotations.annotation(first).spans).toEqual([span('a', 0, 2)])
    expect(events).toEqual([{ type: 'annotation-changed', sentenceId: first }])
  })

  it.each([
    ['a span beyond the last word', add(span('x', 4, 6)), 'does not fit into a sentence of 5 words'],
    ['an empty span', add(span('x', 2, 2)), 'does not fit'],
    ['an unknown entity type', add(span('x', 0, 1, 'DOG')), 'no entity type "DOG"'],
    [
      'an unknown relation type',
      { kind: 'relation', before: null, after: { id: 'r', subject: 'a', object: 'a', type: 'owns', provenance } },
      'no relation type "owns"',
    ],
  ] as const)('refuses %s, and with it the whole act', async (_, wrong, message) => {
    const { annotations, workspace, first, corpusId, events } = open()
    const changes: Change[] = [add(span('a', 0, 1)), wrong]
    const refused = annotations.apply({ sentenceId: first, description: 'two things', changes })
    await expect(refused).rejects.toThrow(message)
    await expect(refused).rejects.toMatchObject({ code: 'invalid-input' })
    expect(workspace.annotations.annotation(first).spans).toEqual([])
    expect(await annotations.history({ corpusId, sentenceId: null, limit: 10 })).toEqual([])
    expect(events).toEqual([])
  })

  it('lets a span of an unknown type keep it while its bounds move', async () => {
    const { annotations, workspace, first } = open()
    const old = span('old', 0, 1, 'DOG')
    workspace.annotations.apply(first, 'import', 'as the file had it', [add(old)], 1)
    const changes: Change[] = [{ kind: 'span', before: old, after: { ...old, end: 2 } }]
    await annotations.apply({ sentenceId: first, description: 'wider', changes })
    expect(workspace.annotations.annotation(first).spans[0]).toMatchObject({ label: 'DOG', end: 2 })
  })

  it('refuses a change that starts from what is no longer there', async () => {
    const { annotations, label, first } = open()
    await label(first, span('a', 0, 1))
    const stale: Change = { kind: 'span', before: span('a', 0, 2), after: null }
    const refused = annotations.apply({ sentenceId: first, description: 'late', changes: [stale] })
    await expect(refused).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('undo and redo', () => {
  it('go back and forth through the acts of one person, across sentences', async () => {
    const { annotations, label, corpusId, first, second, spansOf, events } = open()
    await label(first, span('a', 0, 1))
    await label(second, span('b', 0, 1))
    await label(first, span('c', 3, 4))
    events.length = 0
    const undone = [await annotations.undo({ corpusId }), await annotations.undo({ corpusId })]
    expect(undone.map((act) => [act?.undoneDescription, act?.operation.sentenceId])).toEqual([
      ['label c', first],
      ['label b', second],
    ])
    expect(events).toEqual([first, second].map((sentenceId) => ({ type: 'annotation-changed', sentenceId })))
    expect([spansOf(first), spansOf(second)]).toEqual([['a'], []])
    const redone = await annotations.redo({ corpusId })
    expect(redone).toMatchObject({ undoneDescription: 'label b' })
    expect(spansOf(second)).toEqual(['b'])
    expect(redone?.operation.description).toBe('Redo: label b')
  })

  it('answer with nothing where there is nothing to take back or to do again', async () => {
    const { annotations, label, corpusId, first } = open()
    expect(await annotations.undo({ corpusId })).toBeNull()
    await label(first, span('a', 0, 1))
    expect(await annotations.redo({ corpusId })).toBeNull()
    await annotations.undo({ corpusId })
    expect(await annotations.undo({ corpusId })).toBeNull()
  })

  it('forget what was taken back once something new is done', async () => {
    const { annotations, label, corpusId, first, spansOf } = open()
    await label(first, span('a', 0, 1))
    await annotations.undo({ corpusId })
    await label(first, span('b', 1, 2))
    expect(await annotations.redo({ corpusId })).toBeNull()
    expect(spansOf(first)).toEqual(['b'])
  })

  it("leave other people's acts alone", async () => {
    const { annotations, workspace, label, corpusId, first, second, spansOf } = open()
    await label(first, span('a', 0, 1))
    workspace.settings.update({ annotator: 'Tam' })
    await label(second, span('b', 0, 1))
    workspace.settings.update({ annotator: 'Ada' })
    expect((await annotations.undo({ corpusId }))?.undoneDescription).toBe('label a')
    expect(await annotations.undo({ corpusId })).toBeNull()
    expect(spansOf(second)).toEqual(['b'])
  })

  it('do not run over what somebody else has made of it since', async () => {
    const { annotations, workspace, label, corpusId, first } = open()
    await label(first, span('a', 0, 1))
    const moved: Change = { kind: 'span', before: span('a', 0, 1), after: span('a', 0, 2) }
    workspace.annotations.apply(first, 'Tam', 'wider', [moved], 2)
    await expect(annotations.undo({ corpusId })).rejects.toMatchObject({ code: 'conflict' })
    expect(workspace.annotations.annotation(first).spans).toEqual([span('a', 0, 2)])
  })

  it('are logged, latest first, of a sentence or of the whole corpus', async () => {
    const { annotations, label, corpusId, first, second } = open()
    await label(first, span('a', 0, 1))
    await label(second, span('b', 0, 1))
    await annotations.undo({ corpusId })
    const all = await annotations.history({ corpusId, sentenceId: null, limit: 10 })
    expect(all.map(({ description }) => description)).toEqual(['Undo: label b', 'label b', 'label a'])
    expect(await annotations.history({ corpusId, sentenceId: first, limit: 10 })).toHaveLength(1)
    expect(await annotations.history({ corpusId, sentenceId: null, limit: 1 })).toHaveLength(1)
  })
})

describe('the queue', () => {
  function openQueue() {
    const opened = open()
    const { annotations, corpusId, first, second, third } = opened
    const names = new Map([
      [first, 'first'],
      [second, 'second'],
      [third, 'third'],
    ])
    return {
      ...opened,
      page: (order: QueueOrder, runId: string | null = null, filter = {}, offset = 0, limit = 10) =>
        annotations.queue({ corpusId, order, runId, againstRunId: null, filter, offset, limit }),
      async orderOf(order: QueueOrder, runId: string | null = null): Promise<unknown[]> {
        const { items } = await annotations.queue({
          corpusId,
          order,
          runId,
          againstRunId: null,
          filter: {},
          offset: 0,
          limit: 10,
        })
        return items.map(({ sentenceId }) => names.get(sentenceId))
      },
    }
  }

  it('holds what is not reviewed, what is flagged, or all', async () => {
    const { review, orderOf, first, third } = openQueue()
    await review(first, { isReviewed: true })
    await review(third, { isFlagged: true })
    expect(await orderOf('all')).toEqual(['first', 'second', 'third'])
    expect(await orderOf('unreviewed')).toEqual(['second', 'third'])
    expect(await orderOf('flagged')).toEqual(['third'])
  })

  it('holds as flagged what has a flagged span or relation too, until that flag is taken back', async () => {
    const { annotations, workspace, orderOf, page, label, review, corpusId, first, second, third } = openQueue()
    const remark = { note: 'who?', isFlagged: true }
    await label(second, { ...span('a', 0, 1), remark })
    await label(first, { ...span('b', 0, 1), remark: { note: 'just a note', isFlagged: false } })
    await review(third, { isFlagged: true })
    expect(await orderOf('flagged')).toEqual(['second', 'third'])
    expect((await page('flagged')).items).toMatchObject([
      { isFlagged: false, flaggedItems: 1 },
      { isFlagged: true, flaggedItems: 0 },
    ])
    const listed = workspace.corpora.sentencePage(corpusId, { status: 'flagged' }, 0, 10)
    expect(listed.rows).toMatchObject([{ flaggedItems: 1 }, { flaggedItems: 0 }])
    const before = { ...span('a', 0, 1), remark }
    const changes: Change[] = [{ kind: 'span', before, after: span('a', 0, 1) }]
    await annotations.apply({ sentenceId: second, description: 'clear', changes })
    expect(await orderOf('flagged')).toEqual(['third'])
    await annotations.undo({ corpusId })
    expect((await annotations.open({ sentenceId: second, runId: null })).annotation.spans).toEqual([before])
    expect(await orderOf('flagged')).toEqual(['second', 'third'])
  })

  it('tells of each sentence what there is, and nothing of suggestions without a run', async () => {
    const { page, label, first } = openQueue()
    await label(first, span('a', 0, 1))
    const { total, items } = await page('all')
    expect(total).toBe(3)
    expect(items[0]).toEqual({
      ...{ sentenceId: first, split: 'train', position: 1, text: 'Mara Velt left Tarnow .', triples: 0 },
      ...{
        isReviewed: false,
        isFlagged: false,
        flaggedItems: 0,
        disputes: 0,
        heldBack: null,
        suggestions: null,
        uncertainty: null,
        disagreement: null,
      },
    })
  })

  it('puts the sentence first whose least certain suggestion is nearest to even odds', async () => {
    const { orderOf, page, store, first, second, third, runId } = openQueue()
    store(first, unsure(5, 0.95))
    store(second, unsure(4, 0.6))
    store(third, unsure(3, 0.3))
    expect(await orderOf('uncertain', runId)).toEqual(['second', 'third', 'first'])
    expect(await orderOf('uncertain')).toEqual(['first', 'second', 'third'])
    const { items } = await page('uncertain', runId)
    expect(items.map(({ suggestions, uncertainty }) => [suggestions, uncertainty])).toEqual([
      [1, 0.6],
      [1, 0.3],
      [1, 0.95],
    ])
  })

  it('puts what the run has not predicted or has nothing to say about last, and knows the two apart', async () => {
    const { orderOf, page, store, second, third, runId } = openQueue()
    store(second, predicted(4, [], []))
    store(third, unsure(3, 0.9))
    expect(await orderOf('uncertain', runId)).toEqual(['third', 'first', 'second'])
    const { items } = await page('all', runId)
    expect(items.map(({ suggestions, uncertainty }) => [suggestions, uncertainty])).toEqual([
      [null, null],
      [0, null],
      [1, 0.9],
    ])
  })

  it('no longer counts a suggestion that gold holds or a person refused', async () => {
    const { annotations, page, store, label, first, second, third, runId } = openQueue()
    store(first, unsure(5, 0.6))
    store(second, unsure(4, 0.6))
    store(third, unsure(3, 0.6))
    await label(first, span('a', 0, 1))
    const refused = { id: 'x', kind: 'span', key: spanKey(span('', 0, 1)), provenance } as const
    const changes: Change[] = [{ kind: 'rejection', before: null, after: refused }]
    await annotations.apply({ sentenceId: second, description: 'refuse', changes })
    expect((await page('all', runId)).items.map(({ suggestions }) => suggestions)).toEqual([0, 0, 1])
  })

  it('counts all and shows a page, under a filter too', async () => {
    const { page } = openQueue()
    const { total, items } = await page('all', null, {}, 1, 1)
    expect([total, items.map(({ position }) => position)]).toEqual([3, [2]])
    const found = await page('all', null, { search: 'mara' })
    expect([found.total, found.items.map(({ position }) => position)]).toEqual([2, [1, 2]])
  })
})

describe('the order by disagreement', () => {
  it('brings first what two runs disagree on most; what one of them has not predicted comes last', async () => {
    const { annotations, workspace, corpusId, runId, store, first, second, third } = open()
    const other = makeRun('mtl', 1, { corpusId })
    workspace.runs.insert(other)
    const [one, two] = [
      predicted(5, [[0, 2, 'PER']], []),
      predicted(
        5,
        [
          [0, 1, 'PER'],
          [3, 4, 'LOC'],
        ],
        [],
      ),
    ]
    store(first, one)
    store(second, one)
    workspace.predictions.store(other.runId, 1, [
      { sentenceId: first, prediction: one },
      { sentenceId: second, prediction: two },
    ])
    const { items } = await annotations.queue({
      ...{ corpusId, order: 'disagreement', runId, againstRunId: other.runId },
      ...{ filter: {}, offset: 0, limit: 10 },
    })
    expect(items.map(({ sentenceId, disagreement }) => [sentenceId, disagreement])).toEqual([
      [second, 3],
      [first, 0],
      [third, null],
    ])
  })

  it('is confined to chosen sentences, in every order and within its own search and splits', async () => {
    const { annotations, corpusId, first, second, third, review } = open()
    await review(second, { isReviewed: true })
    const idsOf = async (scope: SentenceSelection, order: QueueOrder = 'all', filter: SentenceFilter = {}) => {
      const page = await annotations.queue({
        ...{ corpusId, order, runId: null, againstRunId: null, filter, scope, offset: 0, limit: 10 },
      })
      expect(page.total).toBe(page.items.length)
      return page.items.map(({ sentenceId }) => sentenceId)
    }
    const listed = { sentenceIds: [third, second] }
    expect(await idsOf(listed)).toEqual([second, third])
    expect(await idsOf(listed, 'unreviewed')).toEqual([third])
    expect(await idsOf(listed, 'all', { search: 'mara' })).toEqual([second])
    const found = { filter: { search: 'mara', splits: ['train' as const] }, without: [] }
    expect(await idsOf(found)).toEqual([first, second])
    expect(await idsOf({ ...found, without: [first] })).toEqual([second])
    expect(await idsOf(found, 'unreviewed')).toEqual([first])
    expect(await idsOf(found, 'all', { search: 'ada' })).toEqual([second])
    expect(await idsOf(found, 'all', { splits: ['dev'] })).toEqual([])
    expect(await idsOf({ filter: { status: 'reviewed' }, without: [] }, 'unreviewed')).toEqual([])
  })
})
