/** A large queue with hidden sentences: a page of it is that of the whole queue, and is found without going through it. */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { runSteps } from '#main/core/steps'
import { splits } from '#main/document/doc'
import { mixedQueueSteps, type MixedQueueRequest } from '#main/services/annotations/mixed-queue'
import { predicted } from '../../support/labelled-sentences.ts'
import { makeRun } from '../../support/renderer-runs.ts'
import { makeCorpus, temporaryWorkspace, tripleDocs } from '../../support/temporary-workspace.ts'

function open(count: number) {
  const workspace = temporaryWorkspace()
  const docs = (name: string) =>
    tripleDocs(...Array.from({ length: count }, (_, at) => [`Jon met ${name}${at}`] as const))
  const corpusId = makeCorpus(workspace, docs('Ada'))
  workspace.corpora.addDocs(corpusId, 'test', 'b', docs('Mara'))
  workspace.corpora.addDocs(corpusId, 'train', 'c', docs('Tam'))
  const ids = workspace.annotations.queueRows(corpusId, {}).map(({ sentenceId }) => sentenceId)
  const run = makeRun('pmei', 1, { corpusId })
  workspace.runs.insert(run)
  const store = (probabilityOf: (sentenceId: number) => number | null): void =>
    workspace.predictions.store(
      ...([run.runId, 1] as const),
      ids.flatMap((sentenceId) => {
        const probability = probabilityOf(sentenceId)
        const whole = predicted(3, [[0, 1, 'PER']], [])
        const spans = whole.spans.map((found) => ({ ...found, probability: probability ?? 0 }))
        return probability === null ? [] : [{ sentenceId, prediction: { ...whole, spans } }]
      }),
    )
  const review = (sentenceId: number): void => {
    const before = workspace.annotations.annotation(sentenceId).review
    const change = { kind: 'review' as const, before, after: { ...before, isReviewed: true } }
    workspace.annotations.apply(sentenceId, 'Ada', 'done', [change], 1_000)
  }
  const by = { order: 'uncertain', runId: run.runId } as const
  return { workspace, corpusId, ids, by, store, review }
}

it('a page read from the beginning of the queue is that of the whole queue', () => {
  const { workspace, corpusId, ids, by, store, review } = open(25)
  const reviewed = new Set<number>()
  fc.assert(
    fc.property(
      fc.record({
        ...{ blindShare: fc.constantFrom(0, 0.1, 0.5, 0.9, 1), blindSeed: fc.nat(9), suggestOnTest: fc.boolean() },
        splits: fc.option(fc.subarray([...splits], { minLength: 1 }), { nil: undefined }),
        ...{ offset: fc.nat(40), limit: fc.integer({ min: 1, max: 20 }), steps: fc.constantFrom(2, 20) },
        ...{ without: fc.integer({ min: 2, max: 9 }), done: fc.constantFrom(...ids) },
      }),
      ({ offset, limit, steps, without, done, splits: chosen, ...settings }) => {
        if (reviewed.size < 30 && !reviewed.has(done)) review(done)
        reviewed.add(done)
        workspace.settings.update(settings)
        store((id) => (id % without === 0 ? null : 0.5 + ((id * 7) % steps) / 100))
        for (const _ of workspace.predictions.scoreSteps(by)) continue
        const wanted = { also: 'new', ...(chosen && { splits: chosen }) } as const
        const total = workspace.annotations.queueRows(corpusId, wanted).length
        const request: MixedQueueRequest = { corpusId, wanted, by, offset, limit, total }
        expect(runSteps(mixedQueueSteps(workspace, request, 0))).toEqual(
          runSteps(mixedQueueSteps(workspace, request, Infinity)),
        )
      },
    ),
    { numRuns: 60 },
  )
})

it('as many sentences are looked at in a queue of many as in one of few', () => {
  const lookedAt = (count: number): number => {
    const { workspace, corpusId, ids, by, store } = open(count)
    workspace.settings.update({ blindShare: 0.3, blindSeed: 5 })
    store((id) => 0.5 + (id % 40) / 100)
    for (const _ of workspace.predictions.scoreSteps(by)) continue
    let looked = 0
    const { annotations } = workspace
    const counting = {
      ...annotations,
      queueRows: () => {
        throw new Error('goes through the whole queue')
      },
      queueRowsAmong: (...[corpus, filter, among]: Parameters<typeof annotations.queueRowsAmong>) => {
        looked += among.length
        return annotations.queueRowsAmong(corpus, filter, among)
      },
    }
    const request = { corpusId, wanted: { also: 'new' }, by, offset: 0, limit: 10, total: ids.length } as const
    expect(runSteps(mixedQueueSteps({ ...workspace, annotations: counting }, request, 0))).toHaveLength(10)
    return looked
  }
  expect(lookedAt(300)).toBeLessThan(2 * lookedAt(60))
})
