/** The test split in Annotate: left out of orders that a run makes, and without suggestions until it is asked otherwise. */
import { describe, expect, it } from 'vitest'
import type { Split } from '#main/document/doc'
import type { Prediction } from '#main/document/prediction'
import type { QueueOrder } from '#main/document/queue'
import { createAnnotations } from '#main/services/annotations/annotations'
import { predicted } from '../../support/labelled-sentences.ts'
import { recordedContext } from '../../support/recorded-context.ts'
import { makeRun } from '../../support/renderer-runs.ts'
import { makeCorpus, sentenceIdsOf, temporaryWorkspace, tripleDocs } from '../../support/temporary-workspace.ts'

function unsure(probability: number): Prediction {
  const whole = predicted(3, [[0, 1, 'PER']], [])
  return { ...whole, spans: whole.spans.map((found) => ({ ...found, probability })) }
}

/** Two sentences of train, one of dev, two of test, which the runs have read; they are least sure of test. */
function open() {
  const workspace = temporaryWorkspace()
  const corpusId = makeCorpus(workspace, tripleDocs(['Jon met Ada'], ['Jon met Ben']))
  workspace.corpora.addDocs(corpusId, 'dev', 'dev.json', tripleDocs(['Jon met Cem']))
  workspace.corpora.addDocs(corpusId, 'test', 'test.json', tripleDocs(['Jon met Dot'], ['Jon met Eva']))
  const ids = sentenceIdsOf(workspace, corpusId)
  const runs = [makeRun('pmei', 1, { corpusId }), makeRun('mtl', 1, { corpusId })]
  for (const [at, run] of runs.entries()) {
    workspace.runs.insert(run)
    const entries = ids.map((sentenceId, place) => ({
      sentenceId,
      prediction: unsure(at === 0 ? 0.9 - place / 10 : 1),
    }))
    workspace.predictions.store(run.runId, 1, entries)
  }
  const [run, other] = runs.map(({ runId }) => runId)
  const annotations = createAnnotations(recordedContext(workspace), () => Promise.resolve())
  return {
    ...{ workspace, annotations, ids },
    page: (order: QueueOrder, splits?: readonly Split[]) =>
      annotations.queue({
        ...{ corpusId, order, runId: run ?? null, againstRunId: other ?? null, offset: 0, limit: 10 },
        filter: splits ? { splits } : {},
      }),
    view: (at: number) => annotations.open({ sentenceId: ids[at] ?? 0, runId: run ?? null }),
    review(at: number): void {
      const before = workspace.annotations.annotation(ids[at] ?? 0).review
      const after = { ...before, isReviewed: true }
      workspace.annotations.apply(ids[at] ?? 0, 'Ada', 'done', [{ kind: 'review', before, after }], 1_000)
    },
  }
}

describe('orders that a run makes', () => {
  it.each(['uncertain', 'disagreement'] as const)(
    'leave the test split out and say how much of it: %s',
    async (order) => {
      const { page } = open()
      const { total, items, testLeftOut } = await page(order)
      expect(items.map(({ split }) => split)).not.toContain('test')
      expect([total, testLeftOut]).toEqual([3, 2])
    },
  )

  it.each(['uncertain', 'disagreement'] as const)('hold it where it is asked for: %s', async (order) => {
    const { page } = open()
    const { total, items, testLeftOut } = await page(order, ['test'])
    expect(items.map(({ split }) => split)).toEqual(['test', 'test'])
    expect([total, testLeftOut]).toEqual([2, 0])
    expect((await page(order, ['train', 'dev', 'test'])).total).toBe(5)
    expect(await page(order, ['dev'])).toMatchObject({ total: 1, testLeftOut: 0 })
  })

  it.each(['unreviewed', 'all'] as const)('are the only ones that do: %s', async (order) => {
    const { page } = open()
    expect(await page(order)).toMatchObject({ total: 5, testLeftOut: 0 })
  })

  it('count only what is still to do', async () => {
    const { page, review } = open()
    review(4)
    expect(await page('uncertain')).toMatchObject({ total: 3, testLeftOut: 1 })
  })
})

describe('a test sentence', () => {
  it('comes without suggestions until it is reviewed, and says why', async () => {
    const { view, review } = open()
    expect(await view(0)).toMatchObject({ heldBack: null, prediction: { spans: [{ label: 'PER' }] } })
    expect(await view(3)).toMatchObject({ heldBack: 'test split', prediction: null })
    review(3)
    expect(await view(3)).toMatchObject({ heldBack: null, prediction: { spans: [{ label: 'PER' }] } })
  })

  it('shows no number of a run in the queue, and its place tells nothing', async () => {
    const { page } = open()
    const { items } = await page('uncertain', ['test'])
    expect(items.map(({ position }) => position)).toEqual([1, 2]) // the run is less sure of the second
    for (const { heldBack, suggestions, uncertainty, disagreement } of items)
      expect([heldBack, suggestions, uncertainty, disagreement]).toEqual(['test split', null, null, null])
  })

  it('is like any other where the settings ask for suggestions on test', async () => {
    const { page, view, workspace } = open()
    workspace.settings.update({ suggestOnTest: true })
    expect(await view(3)).toMatchObject({ heldBack: null, prediction: { spans: [{ label: 'PER' }] } })
    const { items } = await page('uncertain', ['test'])
    expect(items.map(({ position, suggestions }) => [position, suggestions])).toEqual([
      [2, 1],
      [1, 1],
    ])
  })

  it('of the blind share is held back on its own account, wherever suggestions on test are on', async () => {
    const { view, workspace } = open()
    workspace.settings.update({ suggestOnTest: true, blindShare: 1 })
    expect(await view(3)).toMatchObject({ heldBack: 'blind share', prediction: null })
  })
})
