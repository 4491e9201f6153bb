/** Evaluations are kept: a split is predicted once, and scored again only when that is asked for. */
import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { describe, expect, it, vi } from 'vitest'
import type { Prediction } from '#main/document/prediction'
import { createJobs } from '#main/services/jobs/jobs'
import { createEvaluator } from '#main/services/runs/evaluator'
import { createEvaluate, createScoreKind } from '#main/services/runs/score-kind'
import type { Predictor } from '#main/services/runs/predictor'
import { oraclePredictions } from '#main/evaluation/oracle'
import type { Run } from '#main/runs/run'
import { openWorkspace, type Workspace } from '#main/storage/workspace'

import { recordedContext } from '../../support/recorded-context.ts'
import { makePoint, makeRun, scoresOf } from '../../support/renderer-runs.ts'
import {
  makeCorpus,
  sentenceIdsOf,
  temporaryFolder,
  temporaryWorkspace,
  tripleDocs,
} from '../../support/temporary-workspace.ts'

const day = 86_400_000

/** A run on three test sentences that a model predicts perfectly; what it predicts is counted. */
function open(workspace: Workspace = temporaryWorkspace()) {
  const corpusId = makeCorpus(
    workspace,
    tripleDocs(['Ada led Hask', ['Ada', 'led', 'Hask']], ['Ben led Lorn', ['Ben', 'led', 'Lorn']], ['Cem left']),
    'test',
  )
  const run = makeRun('pmei', 1, { corpusId })
  workspace.runs.insert(run)
  workspace.runs.update(run)
  const clock = { now: 10 * day }
  const predicted: number[] = []
  const predictor = {
    async ensure(asked: Run, sentences: Parameters<Predictor['ensure']>[1]) {
      const ids = sentences.map(({ sentenceId }) => sentenceId)
      const known = workspace.predictions.of(asked.runId, ids)
      const missing = ids.filter((id) => !known.has(id))
      predicted.push(...missing)
      const gold = workspace.corpora.labelledSentences(corpusId, 'test')
      const perfect: Prediction[] = oraclePredictions(gold, 'last')
      const entries = missing.flatMap((sentenceId) => {
        const prediction = perfect[gold.findIndex((sentence) => sentence.sentenceId === sentenceId)]
        return prediction ? [{ sentenceId, prediction }] : []
      })
      workspace.predictions.store(asked.runId, asked.bestEpoch ?? 0, entries)
    },
  } as unknown as Predictor // an evaluation asks for nothing else
  const context = { ...recordedContext(workspace), now: () => clock.now }
  const evaluator = createEvaluator(context, predictor)
  const kind = createScoreKind(context, evaluator)
  const score = createEvaluate(evaluator, kind, createJobs(context, [kind.kind]))
  const ids = sentenceIdsOf(workspace, corpusId)
  return {
    ...{ workspace, corpusId, run, clock, predicted, evaluator, ids, events: context.events },
    evaluate: (isAgain = false) => score(workspace.runs.find(run.runId), 'test', isAgain),
    look: () => evaluator.look(workspace.runs.find(run.runId), 'test'),
    /** The same by the threshold of the settings, whatever was tuned. */
    lookAsGiven: () => evaluator.look({ ...workspace.runs.find(run.runId), thresholds: null }, 'test'),
    /** Takes the relation of a sentence away. */
    change(at: number): void {
      const sentenceId = ids[at] ?? 0
      const [before] = workspace.annotations.annotation(sentenceId).relations
      if (!before) throw new Error('the sentence has no relation')
      workspace.annotations.apply(sentenceId, 'Ada', 'x', [{ kind: 'relation', before, after: null }], 1)
    },
    review(at: number): void {
      const before = workspace.annotations.annotation(ids[at] ?? 0).review
      const after = { ...before, isReviewed: true }
      workspace.annotations.apply(ids[at] ?? 0, 'Ada', 'done', [{ kind: 'review', before, after }], 1)
    },
  }
}

describe('an evaluation', () => {
  it('is made once for all who ask for it at once', async () => {
    const { evaluate, events } = open()
    const [one, other] = await Promise.all([evaluate(), evaluate()])
    expect(one).toEqual(other)
    const jobs = events.flatMap((event) => (event.type === 'job' ? [event.job.jobId] : []))
    expect(new Set(jobs).size).toBe(1)
  })

  it('is not made by looking: what scoring takes is told instead', async () => {
    const { look, predicted, workspace, run } = open()
    expect(await look()).toEqual({ stored: null, cost: { sentences: 3, unpredicted: 3, seconds: null } })
    workspace.runs.addPoint(run.runId, { ...makePoint(1), devSeconds: 20 })
    expect((await look()).cost).toEqual({ sentences: 3, unpredicted: 3, seconds: 6 }) // dev of the run has ten sentences
    expect(predicted).toEqual([])
  })

  it('is looked at without reading a sentence on the thread that answers', async () => {
    const { evaluate, look, lookAsGiven, workspace } = open()
    await evaluate()
    const read = [vi.spyOn(workspace.corpora, 'labelledPages'), vi.spyOn(workspace.corpora, 'labelledSentences')]
    expect((await look()).stored?.changedSentences).toBe(0)
    await lookAsGiven()
    for (const one of read) expect(one).not.toHaveBeenCalled()
  })

  it('is made once, and is the same whoever looks later', async () => {
    const { evaluate, look, predicted, clock, ids } = open()
    const first = await evaluate()
    expect(first).toMatchObject({ sentences: 3, predictedMs: 10 * day, scoredMs: 10 * day, changedSentences: 0 })
    expect(first.triples.exact).toMatchObject({ gold: 2, correct: 2 })
    clock.now = 11 * day
    expect(await evaluate()).toEqual(first)
    expect(await evaluate(true)).toEqual(first)
    expect((await look()).stored).toEqual(first)
    expect(predicted).toEqual(ids)
  })

  it('keeps the counts of every sentence, and is made again where they are missing and that is asked for', async () => {
    const { evaluate, look, evaluator, workspace, run, predicted } = open()
    await evaluate()
    const counts = () => evaluator.counted(workspace.runs.find(run.runId), 'test')?.counts.exact
    expect(counts()?.correct).toEqual(Uint32Array.of(1, 1, 0))
    const file = new Sqlite(join(workspace.folder, 'espalier.sqlite'))
    file.exec('UPDATE evaluation SET counts = NULL')
    file.close()
    expect([(await look()).stored?.hasCounts, counts()]).toEqual([false, undefined])
    expect((await evaluate()).hasCounts).toBe(false)
    expect((await evaluate(true)).hasCounts).toBe(true)
    expect(counts()?.gold).toEqual(Uint32Array.of(1, 1, 0))
    expect(predicted).toHaveLength(3)
  })

  it('outlives the program', async () => {
    const folder = temporaryFolder()
    const workspace = openWorkspace(folder)
    const { evaluate, run } = open(workspace)
    const first = await evaluate()
    workspace.close()
    const again = openWorkspace(folder)
    const context = recordedContext(again)
    const evaluator = createEvaluator(context, {} as Predictor)
    expect((await evaluator.look(again.runs.find(run.runId), 'test')).stored).toEqual(first)
    again.close()
  })

  it('says how many sentences changed since, and is scored again only where that is asked for', async () => {
    const { evaluate, look, change, review, predicted, clock } = open()
    const first = await evaluate()
    review(0) // no change of gold
    expect((await look()).stored?.changedSentences).toBe(0)
    change(0)
    expect((await look()).stored).toEqual({ ...first, changedSentences: 1 })
    clock.now = 12 * day
    expect((await evaluate()).scoredMs).toBe(10 * day)
    const again = await evaluate(true)
    expect(again).toMatchObject({ predictedMs: 10 * day, scoredMs: 12 * day, changedSentences: 0 })
    expect(again.triples.exact).toMatchObject({ gold: 1, predicted: 2, correct: 1 })
    expect(predicted).toHaveLength(3)
  })

  it('counts sentences that came later, which alone are predicted then', async () => {
    const { evaluate, look, workspace, corpusId, predicted } = open()
    await evaluate()
    workspace.corpora.addDocs(corpusId, 'test', 'more.json', tripleDocs(['Dot left']))
    expect(await look()).toMatchObject({ stored: { changedSentences: 1 }, cost: { sentences: 4, unpredicted: 1 } })
    expect((await evaluate(true)).sentences).toBe(4)
    expect(predicted).toHaveLength(4)
  })

  it('is computed from the stored predictions where only the thresholds changed', async () => {
    const { evaluate, look, workspace, run, predicted, clock } = open()
    await evaluate()
    const scores = scoresOf(2, 2, 2)
    clock.now = 11 * day
    workspace.runs.update({
      ...run,
      thresholds: { usual: 0.5, byRelation: { led: 0.999_999_9 }, before: scores, after: scores },
    })
    expect((await look()).stored).toMatchObject({
      predictedMs: 10 * day,
      scoredMs: 11 * day,
      thresholds: { byRelation: { led: 0.999_999_9 } },
    })
    workspace.runs.update(run)
    expect((await look()).stored).toMatchObject({ scoredMs: 10 * day, thresholds: { byRelation: {} } })
    expect(predicted).toHaveLength(3)
  })

  it('by the threshold of the settings is that of the same predictions, whatever the run was tuned to', async () => {
    const { evaluate, look, lookAsGiven, workspace, run, ids } = open()
    const gold = workspace.corpora.labelledSentences(run.corpusId, 'test')
    const entries = oraclePredictions(gold, 'last').map((found, at) => {
      const prediction = { ...found, cells: found.cells.map((cell) => ({ ...cell, probability: 0.8 })) }
      return { sentenceId: ids[at] ?? 0, prediction }
    })
    workspace.predictions.store(run.runId, run.bestEpoch ?? 0, entries)
    const scores = scoresOf(2, 2, 2)
    workspace.runs.update({ ...run, thresholds: { usual: 0.9, byRelation: {}, before: scores, after: scores } })
    await evaluate()
    const found = (await Promise.all([look(), lookAsGiven()])).map(({ stored }) => stored?.triples.exact.predicted)
    expect(found).toEqual([0, 2])
  })

  it('before tuning is that by the threshold of the settings, also of a run that is tuned already', async () => {
    const { evaluator, workspace, run, corpusId } = open()
    workspace.corpora.addDocs(corpusId, 'dev', 'dev.json', tripleDocs(['Mara left Tarnow', ['Mara', 'left', 'Tarnow']]))
    const [dev] = workspace.corpora.labelledSentences(corpusId, 'dev')
    const [found] = oraclePredictions(dev ? [dev] : [], 'last')
    if (!dev || !found) throw new Error('there is no dev')
    const prediction = { ...found, cells: found.cells.map((cell) => ({ ...cell, probability: 0.8 })) }
    workspace.predictions.store(run.runId, run.bestEpoch ?? 0, [{ sentenceId: dev.sentenceId, prediction }])
    const scores = scoresOf(1, 1, 1)
    workspace.runs.update({ ...run, thresholds: { usual: 0.9, byRelation: {}, before: scores, after: scores } })
    const work = { signal: new AbortController().signal, total: () => undefined, progress: () => undefined }
    expect((await evaluator.tune(workspace.runs.find(run.runId), work)).before.f1).toBe(1)
  })

  it('of predictions that an older version stored is made without predicting, and claims no date of it', async () => {
    const { evaluate, workspace, run, ids, predicted } = open()
    const gold = workspace.corpora.labelledSentences(run.corpusId, 'test')
    const entries = oraclePredictions(gold, 'last').map((prediction, at) => ({ sentenceId: ids[at] ?? 0, prediction }))
    workspace.predictions.store(run.runId, run.bestEpoch ?? 0, entries)
    expect(await evaluate()).toMatchObject({ predictedMs: null, scoredMs: 10 * day })
    expect(predicted).toEqual([])
  })

  it('is of one checkpoint: a better epoch has to be scored itself', async () => {
    const { evaluate, look, workspace, run } = open()
    await evaluate()
    workspace.runs.update({ ...run, bestEpoch: 3 })
    workspace.predictions.clear(run.runId)
    expect(await look()).toMatchObject({ stored: null, cost: { unpredicted: 3 } })
  })
})
