/** Orders that runs make: read from kept scores, which follow predictions, annotations and thresholds. */
import { describe, expect, it } from 'vitest'
import type { Prediction } from '#main/document/prediction'
import { toScores } from '#main/evaluation/scores'
import type { RunOrder } from '#main/storage/run-orders'
import { predicted } from '../support/labelled-sentences.ts'
import { makeRun } from '../support/renderer-runs.ts'
import { makeCorpus, sentenceIdsOf, temporaryWorkspace, tripleDocs } from '../support/temporary-workspace.ts'

const sure = (probability: number): Prediction => {
  const whole = predicted(3, [[0, 1, 'PER']], [])
  return { ...whole, spans: whole.spans.map((found) => ({ ...found, probability })) }
}

function open(sentences = 6) {
  const workspace = temporaryWorkspace()
  const texts = Array.from({ length: sentences }, (_, at) => [`Jon met Ada${at}`] as const)
  const corpusId = makeCorpus(workspace, tripleDocs(...texts))
  const ids = sentenceIdsOf(workspace, corpusId)
  for (const run of [makeRun('pmei', 1, { corpusId }), makeRun('mtl', 1, { corpusId })]) workspace.runs.insert(run)
  const { predictions } = workspace
  /** Number of steps that bringing the scores up to date took, and the order as places in the corpus. */
  const order = (by: RunOrder) => {
    const steps = [...predictions.scoreSteps(by)].length
    return {
      steps,
      places: predictions.orderedIds(corpusId, { status: 'new' }, by, 0, 10).map((id) => ids.indexOf(id)),
    }
  }
  const store = (runId: string, ...probabilities: number[]) =>
    predictions.store(
      runId,
      1,
      probabilities.map((probability, at) => ({ sentenceId: ids[at] ?? 0, prediction: sure(probability) })),
    )
  return { workspace, corpusId, ids, order, store }
}

const uncertain = { order: 'uncertain', runId: 'pmei-1' } as const
const disagreement = { order: 'disagreement', runId: 'pmei-1', againstRunId: 'mtl-1' } as const

describe('the order of uncertainty', () => {
  it('is there as soon as predictions are stored; what is not predicted comes last', () => {
    const { order, store } = open()
    store('pmei-1', 0.9, 0.5, 0.7, 0.4)
    expect(order(uncertain)).toEqual({ steps: 0, places: [1, 3, 2, 0, 4, 5] })
  })

  it('begins and ends anywhere, and is the whole one cut up', () => {
    const { workspace, corpusId, ids, store } = open()
    store('pmei-1', 0.9, 0.5, 0.7)
    const page = (offset: number, limit: number) =>
      workspace.predictions.orderedIds(corpusId, {}, uncertain, offset, limit).map((id) => ids.indexOf(id))
    expect([...page(0, 2), ...page(2, 2), ...page(4, 2)]).toEqual([1, 2, 0, 3, 4, 5])
    expect(page(5, 4)).toEqual([5])
    expect(page(6, 4)).toEqual([])
  })

  it('scores a sentence again when it was changed, and no other', () => {
    const { workspace, ids, order, store } = open()
    store('pmei-1', 0.9, 0.5, 0.7)
    const review = workspace.annotations.annotation(ids[1] ?? 0).review
    const changes = [{ kind: 'review' as const, before: review, after: { ...review, isReviewed: true } }]
    workspace.annotations.apply(ids[1] ?? 0, 'Ada', 'done', changes, 1)
    expect(order(uncertain)).toEqual({ steps: 1, places: [2, 0, 3, 4, 5] })
    expect(order(uncertain).steps).toBe(0)
  })

  it('is made anew when thresholds are tuned', () => {
    const { workspace, order, store } = open()
    store('pmei-1', 0.9, 0.5)
    const thresholds = { usual: 0.5, byRelation: { founded: 0.4 }, before: toScores(1, 1, 1), after: toScores(1, 1, 1) }
    workspace.runs.update({ ...workspace.runs.find('pmei-1'), thresholds })
    expect(order(uncertain)).toEqual({ steps: 1, places: [1, 0, 2, 3, 4, 5] })
  })
})

it('orders of many predictions are made a few at a time, and looked for among a thousand at a time', () => {
  const { workspace, order, store } = open(1100)
  const all = Array.from({ length: 1100 }, (_, at) => 0.6 + at / 10_000)
  store('pmei-1', ...all)
  store('mtl-1', ...all)
  const thresholds = { usual: 0.5, byRelation: { founded: 0.4 }, before: toScores(1, 1, 1), after: toScores(1, 1, 1) }
  workspace.runs.update({ ...workspace.runs.find('pmei-1'), thresholds })
  expect(order(uncertain)).toEqual({ steps: 1000 / 20 + 1 + 100 / 20 + 1, places: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] })
  expect(order(uncertain).steps).toBe(0)
  // the first thousand of the rows in their order is of one run alone
  expect(order(disagreement).steps).toBe(1 + 900 / 20 + 200 / 20)
  expect(order(disagreement).steps).toBe(0)
})

describe('the order of disagreement', () => {
  it('compares only what was predicted since, whichever run is named first', () => {
    const { workspace, ids, order, store } = open()
    store('pmei-1', 0.9, 0.9, 0.9)
    const nothing = predicted(3, [], [])
    const storeNothing = (...places: number[]) =>
      workspace.predictions.store(
        'mtl-1',
        1,
        places.map((place) => ({ sentenceId: ids[place] ?? 0, prediction: nothing })),
      )
    store('mtl-1', 0.6, 0.6)
    storeNothing(1)
    expect(order(disagreement)).toEqual({ steps: 1, places: [1, 0, 2, 3, 4, 5] })
    expect(order({ ...disagreement, runId: 'mtl-1', againstRunId: 'pmei-1' }).steps).toBe(0)
    storeNothing(2)
    expect(order(disagreement)).toEqual({ steps: 1, places: [1, 2, 0, 3, 4, 5] })
    expect(workspace.predictions.disagreements('mtl-1', 'pmei-1', ids)).toEqual(
      new Map([
        [ids[0], 0],
        [ids[1], 1],
        [ids[2], 1],
      ]),
    )
    workspace.predictions.clear('mtl-1')
    storeNothing(0)
    expect(order(disagreement).places[0]).toBe(0)
    expect(workspace.predictions.disagreements('mtl-1', 'pmei-1', ids).size).toBe(1)
  })
})
