/** The queue and the blind share: nothing of what a run thinks of a blind sentence is told, by a number or by a place. */
import { describe, expect, it } from 'vitest'
import type { QueueItem, QueueOrder } from '#main/document/queue'
import type { Prediction } from '#main/document/prediction'
import { createAnnotations } from '#main/services/annotations/annotations'
import { predicted } from '../../support/labelled-sentences.ts'
import { recordedContext } from '../../support/recorded-context.ts'
import { makeRun } from '../../support/renderer-runs.ts'
import { makeCorpus, sentenceIdsOf, temporaryWorkspace, tripleDocs } from '../../support/temporary-workspace.ts'

const count = 60

function unsure(probability: number): Prediction {
  const whole = predicted(3, [[0, 1, 'PER']], [])
  return { ...whole, spans: whole.spans.map((found) => ({ ...found, probability })) }
}

function open() {
  const workspace = temporaryWorkspace()
  const texts = Array.from({ length: count }, (_, at) => [`Jon met Ada${at}`] as const)
  const corpusId = makeCorpus(workspace, tripleDocs(...texts))
  workspace.settings.update({ blindShare: 0.3, blindSeed: 5 })
  const ids = sentenceIdsOf(workspace, corpusId)
  const [run, other] = [makeRun('pmei', 1, { corpusId }), makeRun('mtl', 1, { corpusId })]
  for (const one of [run, other]) workspace.runs.insert(one)
  const annotations = createAnnotations(recordedContext(workspace), () => Promise.resolve())
  return {
    ...{ workspace, annotations, ids },
    store(probabilityOf: (sentenceId: number) => number): void {
      const entries = ids.map((sentenceId) => ({ sentenceId, prediction: unsure(probabilityOf(sentenceId)) }))
      workspace.predictions.store(run.runId, 1, entries)
      const nothing = ids
        .filter((id) => id % 3 > 0)
        .map((sentenceId) => ({ sentenceId, prediction: predicted(3, [], []) }))
      workspace.predictions.store(other.runId, 1, nothing)
    },
    async items(order: QueueOrder): Promise<readonly QueueItem[]> {
      const request = { corpusId, order, runId: run.runId, againstRunId: other.runId, filter: {} }
      return (await annotations.queue({ ...request, offset: 0, limit: 100 })).items
    },
    review(sentenceId: number): void {
      const before = workspace.annotations.annotation(sentenceId).review
      const after = { ...before, isReviewed: true }
      workspace.annotations.apply(sentenceId, 'Ada', 'done', [{ kind: 'review', before, after }], 1_000)
    },
  }
}

const idsOf = (items: readonly QueueItem[]) => items.map(({ sentenceId }) => sentenceId)

describe('blind sentences in the queue', () => {
  it.each(['unreviewed', 'uncertain', 'disagreement', 'all'] as const)(
    'show no number of the run while they are not reviewed: %s',
    async (order) => {
      const { store, items } = open()
      store((id) => id / 100)
      const queue = await items(order)
      expect(queue).toHaveLength(count)
      const blind = queue.filter(({ heldBack }) => heldBack !== null)
      expect(blind.length).toBeGreaterThan(8)
      for (const { suggestions, uncertainty, disagreement } of blind)
        expect([suggestions, uncertainty, disagreement]).toEqual([null, null, null])
      for (const { heldBack, suggestions } of queue) if (!heldBack) expect(suggestions).toBe(1)
    },
  )

  it.each(['uncertain', 'disagreement'] as const)(
    'stand where the run puts nobody: the same whatever it thinks of them, and among the others: %s',
    async (order) => {
      const { store, items, ids } = open()
      store((id) => id / 100)
      const before = await items(order)
      const blind = new Set(idsOf(before.filter(({ heldBack }) => heldBack !== null)))
      store((id) => (blind.has(id) ? 0.5 : id / 100))
      expect(idsOf(await items(order))).toEqual(idsOf(before))
      expect(idsOf(before).toSorted((a, b) => a - b)).toEqual(ids)
      const places = before.flatMap(({ heldBack }, at) => (heldBack ? [at] : []))
      expect(Math.min(...places)).toBeLessThan(count / 3)
      expect(Math.max(...places)).toBeGreaterThan((2 * count) / 3)
    },
  )

  it('keep their neighbours while the queue is worked off from its beginning', async () => {
    const { store, items, review } = open()
    store((id) => id / 100)
    const before = idsOf(await items('uncertain'))
    for (const id of before.slice(0, 20)) review(id)
    expect(idsOf(await items('uncertain'))).toEqual(before.slice(20))
  })

  it('are told like any other once they are reviewed', async () => {
    const { store, items, review } = open()
    store((id) => id / 100)
    const blind = (await items('all')).find(({ heldBack }) => heldBack !== null)?.sentenceId ?? 0
    review(blind)
    const now = (await items('all')).find(({ sentenceId }) => sentenceId === blind)
    expect(now).toMatchObject({ heldBack: null, suggestions: 1 })
  })
})
