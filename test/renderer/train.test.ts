/** Train: grouping, events, drafts and figures of runs. */
import { describe, expect, it } from 'vitest'
import { runRequest } from '#main/api/runs'
import { actionsOf, groupRuns } from '#window/common/experiments.ts'
import {
  countNotes,
  describeBest,
  formatDuration,
  formatLoss,
  formatMemory,
  formatScore,
} from '#window/common/figures.ts'
import { devCurves, lossCurves, scoredBy } from '#window/features/train/loss-curves.ts'
import { problemsOf } from '#window/features/train/draft-problems.ts'
import { draftFrom, emptyDraft, parseSeeds, toRunRequest } from '#window/features/train/run-draft.ts'
import { applyRunEvent, emptyRunState, type RunState } from '#window/stores/run-state.ts'
import { makePoint, makeRun, scoresOf } from '../support/renderer-runs.ts'

describe('experiments', () => {
  it('are listed newest first, their runs by variant and seed', () => {
    const runs = [
      makeRun('pmei', 2),
      makeRun('mtl', 10),
      makeRun('mtl', 9),
      makeRun('mtl-sm', 1, { experimentId: 'second', createdMs: 5000 }),
    ]
    const [newest, oldest] = groupRuns(runs)
    expect(newest?.title).toBe('mtl-sm on people')
    expect(oldest?.title).toBe('mtl, pmei on people')
    expect(oldest?.runs.map(({ name }) => name)).toEqual(['mtl seed 9', 'mtl seed 10', 'pmei seed 2'])
  })

  it('are told apart by what differs where they would have the same title', () => {
    const dropped = makeRun('grid', 2, { experimentId: 'second', createdMs: 61_000 })
    const { training } = dropped.config
    const other = { ...dropped, config: { ...dropped.config, training: { ...training, dropout: 0.7 } } }
    const titles = groupRuns([makeRun('grid', 1), other, makeRun('mtl', 1, { experimentId: 'third' })]).map(
      ({ title }) => title,
    )
    expect(titles[0]).toMatch(/^grid on people \(.*, input dropout 0\.7, seed 2\)$/)
    expect(titles.toSorted().map((title) => title.replace(/ \(.*/, ''))).toEqual([
      ...['grid on people', 'grid on people', 'mtl on people'],
    ])
    expect(titles).toContain('mtl on people')
  })

  it('offer only what a run can do in its state', () => {
    expect(actionsOf(makeRun('mtl', 1, { status: 'running' }))).toMatchObject({ canCancel: true, canResume: false })
    expect(actionsOf(makeRun('mtl', 1, { status: 'interrupted' }))).toMatchObject({ canResume: true, canCancel: false })
    expect(actionsOf(makeRun('mtl', 1))).toMatchObject({ canResume: false, canEvaluate: true })
    expect(actionsOf(makeRun('mtl', 1, { bestEpoch: null })).canEvaluate).toBe(false)
  })
})

describe('events', () => {
  const started = applyRunEvent(emptyRunState, { type: 'run', run: makeRun('mtl', 1, { status: 'running' }) })
  const withPoints = [1, 2, 3].reduce<RunState>(
    (state, epoch) => applyRunEvent(state, { type: 'run-point', runId: 'mtl-1', point: makePoint(epoch) }),
    started,
  )
  const progress = {
    ...{ runId: 'mtl-1', epoch: 1, epochs: 5, step: 3, stepInEpoch: 3 },
    ...{ stepsPerEpoch: 7, loss: 2, secondsLeft: 60 },
  }

  it('add a run once and then replace it', () => {
    const finished = applyRunEvent(started, { type: 'run', run: makeRun('mtl', 1) })
    expect(finished.runs.map(({ status }) => status)).toEqual(['finished'])
  })

  it('let a resumed run tell its epochs again without doubling them', () => {
    const again = applyRunEvent(withPoints, { type: 'run-point', runId: 'mtl-1', point: makePoint(2, 9) })
    expect(again.points.get('mtl-1')?.map(({ epoch, dev }) => [epoch, dev.exact.correct])).toEqual([
      [1, 5],
      [2, 9],
    ])
  })

  it('forget the progress of a run that has ended', () => {
    const running = applyRunEvent(started, { type: 'run-progress', progress })
    expect(running.progress.get('mtl-1')).toEqual(progress)
    expect(applyRunEvent(running, { type: 'run', run: makeRun('mtl', 1) }).progress.size).toBe(0)
  })

  it('take away everything of a removed run', () => {
    expect(applyRunEvent(withPoints, { type: 'run-removed', runId: 'mtl-1' })).toEqual(emptyRunState)
  })

  it('of other things change nothing', () => {
    expect(applyRunEvent(started, { type: 'corpora-changed' })).toBe(started)
  })
})

describe('a new run', () => {
  it('reads seeds however they are separated', () => {
    expect(parseSeeds('1, 2;3  3')).toEqual([1, 2, 3])
    expect(parseSeeds('')).toBeNull()
    expect(parseSeeds('1, -2')).toBeNull()
    expect(parseSeeds('1.5')).toBeNull()
  })

  it('with defaults is a request the contract takes', () => {
    const draft = emptyDraft(7)
    expect(problemsOf(draft).size).toBe(0)
    const request = runRequest.parse(toRunRequest(draft))
    expect(request).toMatchObject({ corpusId: 7, seeds: [1], vectors: null, fromRunId: null })
    expect(request.training).not.toHaveProperty('seed')
  })

  it('takes the width of the vectors from their file', () => {
    const request = toRunRequest({ ...emptyDraft(7), vectors: ' glove.txt ' })
    expect(request.vectors).toBe('glove.txt')
    expect(request.model).not.toHaveProperty('wordDimension')
  })

  it('names every field that keeps it from starting', () => {
    const draft = emptyDraft(null)
    const broken = { ...draft, variants: [], seeds: 'x', fields: { ...draft.fields, dropout: 2, epochs: Number.NaN } }
    expect([...problemsOf(broken).keys()].sort()).toEqual(['corpusId', 'dropout', 'epochs', 'seeds', 'variants'])
  })

  it('that starts warm keeps corpus, variant and settings, and leaves the sizes to its run', () => {
    const from = makeRun('pmei', 4, { corpusId: 3 })
    const request = toRunRequest(draftFrom(from))
    expect(request).toMatchObject({ corpusId: 3, variants: ['pmei'], seeds: [4], model: {}, fromRunId: 'pmei-4' })
    expect(runRequest.parse(request).training.learningRate).toBe(from.config.training.learningRate)
  })
})

describe('curves of a run', () => {
  it('leave out loss parts that the variant does not have', () => {
    const points = [makePoint(1), makePoint(2)]
    expect(lossCurves(points).map(({ name }) => name)).toEqual(['total', 'entities', 'relations'])
    expect(lossCurves([makePoint(1, 5, { klEntity: 40 })]).map(({ name }) => name)).toContain('KL, entities')
  })

  it('leave single zeros out, since they have no place on a log scale', () => {
    const points = [makePoint(1, 5, { klEntity: 40 }), makePoint(2)]
    expect(lossCurves(points).find(({ name }) => name === 'KL, entities')?.points).toEqual([[1, 40]])
  })

  it('show dev scores in percent', () => {
    expect(devCurves([makePoint(3, 5)], 'exact').map(({ points }) => points)).toEqual([[[3, 50]], [[3, 50]], [[3, 50]]])
  })

  it('are of what the model finds: triples, entities or both', () => {
    expect(scoredBy(['entity'])).toEqual(['entities'])
    expect(scoredBy(['relation'])).not.toContain('entities')
    expect(scoredBy(['entity', 'relation'])).toEqual([...scoredBy(['relation']), 'entities'])
    const point = { ...makePoint(3, 0), devEntities: scoresOf(10, 10, 9) }
    expect(devCurves([point], 'entities')[0]?.points).toEqual([[3, 90]])
  })
})

describe('figures', () => {
  it('say how many notes there are where they stand', () => {
    const counts = [undefined, [], ['one'], ['one', 'two']].map((notes) => countNotes(notes ? { notes } : {}))
    expect(counts).toEqual(['', '', ', 1 note', ', 2 notes'])
  })

  it('are written as people read them', () => {
    expect(formatScore(0.7814)).toBe('78.1')
    expect([0.42, 42, 59.7, 192, 3725].map(formatDuration)).toEqual(['0.4 s', '42 s', '1:00', '3:12', '1:02:05'])
    expect([formatMemory(350.4), formatMemory(1240)]).toEqual(['350 MB', '1.2 GB'])
    expect([formatLoss(0), formatLoss(1.23456), formatLoss(123456), formatLoss(0.000123)]).toEqual([
      '0',
      '1.23',
      '1.2e+5',
      '1.2e-4',
    ])
  })

  it('of the best epoch say which score they are, as each kind of model has its own', () => {
    expect((['pmei', 'entity-a', 'relation-c'] as const).map((variant) => describeBest(makeRun(variant, 1)))).toEqual([
      'dev exact F1 80.0',
      'dev entities F1 80.0',
      'dev partial F1 80.0',
    ])
    expect(describeBest(makeRun('pmei', 1, { bestDev: null }))).toBeNull()
  })
})
