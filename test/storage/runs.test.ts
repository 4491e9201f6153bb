/** Runs, their points and predictions, extractions and settings: what was written is read again. */
import { describe, expect, it } from 'vitest'
import type { ExtractedDocument } from '#main/document/extracted-document'
import type { Prediction } from '#main/document/prediction'
import { defaultModel, defaultTraining } from '#main/runs/config'
import { variants } from '#main/runs/variants'
import type { MetricPoint, Run } from '#main/runs/run'
import { openWorkspace, type Workspace } from '#main/storage/workspace'
import {
  makeCorpus,
  sentenceIdsOf,
  temporaryFolder,
  temporaryWorkspace,
  tripleDocs,
} from '../support/temporary-workspace.ts'

const scores = { gold: 4, predicted: 5, correct: 3, precision: 0.6, recall: 0.75, f1: 2 / 3 }
const split = { sentences: 1, triples: 2, sha256: 'ab' }

function newRun(workspace: Workspace, runId: string, part: Partial<Run> = {}): Run {
  const corpusId = workspace.corpora.list()[0]?.corpusId ?? makeCorpus(workspace, tripleDocs(['Mara .'], ['Ada .']))
  return {
    runId,
    experimentId: 'experiment',
    name: `pmei ${runId}`,
    note: '',
    corpusId,
    status: 'queued',
    config: {
      variant: 'pmei',
      preset: 'recommended',
      model: { ...defaultModel, ...variants.pmei },
      training: defaultTraining,
      vectors: { file: 'glove.txt', sha256: 'cd', dimension: 100 },
      backend: 'auto',
      threads: 2,
    },
    data: { corpusName: 'made', splits: { train: split, dev: split, test: split } },
    fromRunId: null,
    createdMs: 5,
    finishedMs: null,
    epoch: 0,
    bestEpoch: null,
    bestDev: null,
    device: null,
    failure: null,
    notes: [],
    thresholds: null,
    ...part,
  }
}

function pointOf(epoch: number, loss: number): MetricPoint {
  const losses = { total: loss, entity: 0, relation: 0, earlyEntity: 0, earlyRelation: 0, klEntity: 0, klRelation: 0 }
  const dev = {
    exact: scores,
    partial: scores,
    'partial-first': scores,
    span: scores,
    cell: scores,
    'cell-any': scores,
  }
  return { epoch, step: 10, losses, dev, devEntities: scores, seconds: 1.5, sentencesPerSecond: 20, memoryMb: 300 }
}

describe('a run', () => {
  it('keeps its config and everything that happens to it', () => {
    const workspace = temporaryWorkspace()
    const { runs } = workspace
    const run = newRun(workspace, 'a')
    runs.insert(run)
    expect(runs.find('a')).toEqual(run)
    const later: Run = {
      ...run,
      status: 'failed',
      epoch: 3,
      bestEpoch: 2,
      bestDev: scores,
      device: 'wasm',
      failure: 'out of memory',
      notes: ['webgpu failed. The run goes on with wasm.', 'out of memory'],
      finishedMs: 9,
      thresholds: { usual: 0.45, byRelation: { founded: 0.4 }, before: scores, after: scores },
    }
    runs.update(later)
    expect(runs.find('a')).toEqual(later)
    expect(() => runs.update(newRun(workspace, 'b'))).toThrow('There is no run b')
    expect(() => runs.find('b')).toThrow(expect.objectContaining({ code: 'not-found' }) as Error)
  })

  it('is listed latest first, next to the others of its experiment', () => {
    const workspace = temporaryWorkspace()
    for (const [runId, createdMs] of [
      ['a', 1],
      ['b', 2],
      ['c', 2],
    ] as const)
      workspace.runs.insert(newRun(workspace, runId, { createdMs }))
    expect(workspace.runs.list().map(({ runId }) => runId)).toEqual(['c', 'b', 'a'])
  })

  it('has one point per epoch: a resumed run writes its epoch again', () => {
    const workspace = temporaryWorkspace()
    workspace.runs.insert(newRun(workspace, 'a'))
    for (const point of [pointOf(2, 0.5), pointOf(1, 0.9), pointOf(2, 0.4)]) workspace.runs.addPoint('a', point)
    expect(workspace.runs.points('a')).toEqual([pointOf(1, 0.9), pointOf(2, 0.4)])
  })

  it('that ran when the program ended is interrupted when it is opened again', () => {
    const folder = temporaryFolder()
    const first = openWorkspace(folder)
    first.runs.insert(newRun(first, 'a', { status: 'running' }))
    first.runs.insert(newRun(first, 'b', { status: 'finished' }))
    const extractionId = first.extractions.create({
      runId: 'a',
      runName: 'pmei',
      title: 'a.txt',
      output: null,
      createdMs: 1,
    })
    first.close()
    const second = openWorkspace(folder)
    expect(second.runs.markInterrupted().map(({ runId, status }) => [runId, status])).toEqual([['a', 'interrupted']])
    expect(second.runs.find('a').status).toBe('interrupted')
    expect(second.runs.markInterrupted()).toEqual([])
    expect(second.extractions.list()).toEqual([expect.objectContaining({ extractionId, status: 'failed' })])
    second.close()
  })

  it('is erased with its points and predictions', () => {
    const workspace = temporaryWorkspace()
    workspace.runs.insert(newRun(workspace, 'a'))
    workspace.runs.addPoint('a', pointOf(1, 1))
    const [sentenceId = 0] = sentenceIdsOf(workspace, 1)
    workspace.predictions.store('a', 1, [{ sentenceId, prediction: predictionOf(0.9) }])
    workspace.bin.erase(workspace.bin.putRun('a', 'Ada'))
    expect(workspace.runs.listWithBin()).toEqual([])
    expect(workspace.runs.points('a')).toEqual([])
    expect(workspace.predictions.has('a', sentenceId)).toBe(false)
  })
})

function predictionOf(probability: number): Prediction {
  const spans = [{ start: 0, end: 1, label: 'PERSON', probability }]
  return { anchor: 'last', threshold: 0.5, early: null, tags: ['S', 'O'], spans, cells: [] }
}

describe('predictions', () => {
  it('are those of one checkpoint: a later one takes the place of all', () => {
    const workspace = temporaryWorkspace()
    workspace.runs.insert(newRun(workspace, 'a'))
    const { predictions } = workspace
    const [first = 0, second = 0] = sentenceIdsOf(workspace, 1)
    predictions.store('a', 3, [{ sentenceId: first, prediction: predictionOf(0.6) }])
    predictions.store('a', 3, [{ sentenceId: second, prediction: predictionOf(0.7) }])
    expect(predictions.of('a', [first, second, 99])).toEqual(
      new Map([
        [first, predictionOf(0.6)],
        [second, predictionOf(0.7)],
      ]),
    )
    predictions.store('a', 4, [{ sentenceId: second, prediction: predictionOf(0.8) }])
    expect(predictions.of('a', [first, second])).toEqual(new Map([[second, predictionOf(0.8)]]))
    expect([predictions.has('a', first), predictions.has('a', second), predictions.has('b', second)]).toEqual([
      false,
      true,
      false,
    ])
    predictions.clear('a')
    expect(predictions.of('a', [first, second]).size).toBe(0)
  })
})

describe('extractions', () => {
  it('keep every document as it comes, with running counts', () => {
    const { extractions } = temporaryWorkspace()
    const extractionId = extractions.create({
      runId: 'gone',
      runName: 'pmei seed 1',
      title: 'a.txt',
      output: null,
      createdMs: 7,
    })
    const span = { text: 'Mara', start: 0, end: 4, type: 'PERSON', probability: 0.9 }
    const triple = { subject: span, relation: 'left', object: span, probability: 0.8 }
    const read: ExtractedDocument = {
      document: 'a.txt',
      runId: 'gone',
      sentences: [{ start: 0, end: 4, text: 'Mara', spans: [span], triples: [triple, triple] }],
      failure: null,
    }
    const unread: ExtractedDocument = { document: 'b.txt', runId: 'gone', sentences: [], failure: 'it is empty' }
    const digest = new Uint8Array([1, 2])
    extractions.addDocuments(extractionId, [{ document: read, digest }])
    extractions.addDocuments(extractionId, [{ document: unread, digest: null }])
    expect(extractions.findEqual(extractionId, digest)).toEqual(read)
    expect(extractions.findEqual(extractionId, new Uint8Array([2]))).toBeNull()
    expect(extractions.list()).toEqual([
      {
        extractionId,
        runId: 'gone',
        runName: 'pmei seed 1',
        isRunRemoved: true,
        ...{ title: 'a.txt', output: null, jobId: null, failure: null, precision: null, remarks: [] },
        status: 'queued',
        documents: 2,
        sentences: 1,
        triples: 2,
        failures: 1,
        createdMs: 7,
      },
    ])
    expect(extractions.documents(extractionId, 0, 10)).toEqual([read, unread])
    expect(extractions.documents(extractionId, 1, 1)).toEqual([unread])
    const failures = extractions.failures(extractionId, null, 10)
    expect(failures.documents).toEqual([unread])
    expect(extractions.failures(extractionId, failures.last, 10)).toEqual({ documents: [], last: failures.last })
  })

  it('stand as their job does, and keep how it ended when it is forgotten', () => {
    const { extractions, jobs } = temporaryWorkspace()
    const made = { runId: 'gone', runName: 'pmei seed 1', title: 'a.txt', output: null, createdMs: 7 }
    const extractionId = extractions.create(made)
    const { jobId } = jobs.add({ kind: 'extract', title: 'extract a.txt', spec: {}, createdMs: 7 })
    extractions.assignJob(extractionId, jobId)
    jobs.change(jobId, { state: 'failed', failure: 'The disk is full.' })
    expect(extractions.find(extractionId)).toMatchObject({ jobId, status: 'failed', failure: 'The disk is full.' })
    jobs.remove(jobId)
    expect(extractions.find(extractionId)).toMatchObject({ jobId: null, status: 'failed', failure: null })
  })
})

describe('settings', () => {
  it('begin with the name of the account and keep what is changed', () => {
    const { settings } = temporaryWorkspace()
    expect(settings.get().annotator).not.toBe('')
    expect(settings.update({ hasSeenTour: true })).toMatchObject({
      annotator: settings.get().annotator,
      hasSeenTour: true,
    })
    expect(settings.update({ annotator: 'Ada', hasSeenTour: undefined })).toMatchObject({
      annotator: 'Ada',
      hasSeenTour: true,
    })
  })
})
