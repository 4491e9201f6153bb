/** How a queued run comes to its corpus: read once when it begins, and again only where it goes on elsewhere. */
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { AppEvent } from '#main/api/events'
import { runRequest } from '#main/api/runs'
import type { Split } from '#main/document/doc'
import { createCorpora } from '#main/services/corpora/corpora'
import { createCalibrations } from '#main/services/runs/calibrations'
import { createEffectsKind, createMeasureEffects } from '#main/services/runs/effects-kind'
import { createMeasureSpread, createSpreadKind } from '#main/services/runs/spread-kind'
import { createTune, createTuneKind } from '#main/services/runs/tune-kind'
import { createEvaluator } from '#main/services/runs/evaluator'
import { createPredictor } from '#main/services/runs/predictor'
import { createJobs, type Jobs } from '#main/services/jobs/jobs'
import { createTrainKind } from '#main/services/runs/train-kind'
import { createEvaluate, createScoreKind } from '#main/services/runs/score-kind'
import { createTraining } from '#main/services/runs/training'
import { createBackendLadder } from '#main/machine/backend-ladder'
import { createCorpusFacts } from '#main/services/runs/corpus-facts'
import { createRunMaker } from '#main/services/runs/make-runs'
import { createRuns } from '#main/services/runs/runs'
import type { Workspace } from '#main/storage/workspace'
import { createProcessHost } from '#main/compute/host'
import { recordedContext } from '../../support/recorded-context.ts'
import { sentenceIdsOf, temporaryFolder, temporaryWorkspace } from '../../support/temporary-workspace.ts'
import { tinyCorpus } from '../../support/tiny-corpus.ts'
import { onDisk } from '../../support/files-on-disk.ts'

/** The services of runs on a corpus, whose readings are written down; `heard` is called with every event as it is told. */
async function open(heard: (event: AppEvent, workspace: Workspace, corpusId: number) => void, entry?: URL) {
  const workspace = temporaryWorkspace()
  const read: Split[] = []
  const labelledPages: Workspace['corpora']['labelledPages'] = (corpus, split) => {
    read.push(split)
    return workspace.corpora.labelledPages(corpus, split)
  }
  const recorded = recordedContext({ ...workspace, corpora: { ...workspace.corpora, labelledPages } })
  const context = { ...recorded, emit: (event: AppEvent) => heard(event, workspace, corpusId) }
  const compute = createProcessHost(entry)
  onTestFinished(() => compute.close())
  const ladder = createBackendLadder({ compute, file: path.join(temporaryFolder(), 'machine.json'), now: Date.now })
  const predictor = createPredictor(context, compute, ladder)
  const evaluator = createEvaluator(context, predictor)
  const scoring = createScoreKind(context, evaluator)
  const calibrations = createCalibrations(context, predictor, () => jobs)
  const [tuning, spreading] = [createTuneKind(context, evaluator), createSpreadKind(context, evaluator)]
  const effects = createEffectsKind(context, predictor)
  const jobs: Jobs = createJobs(context, [
    createTrainKind(context, compute, ladder),
    ...[scoring, tuning, spreading, effects, calibrations].map(({ kind }) => kind),
  ])
  const runs = createRuns(context, {
    corpusFacts: createCorpusFacts(context),
    ...{ training: createTraining(context, jobs), evaluator, ladder },
    evaluate: createEvaluate(evaluator, scoring, jobs),
    calibrations,
    tune: createTune(tuning, jobs),
    spread: createMeasureSpread(spreading, jobs),
    effects: createMeasureEffects(effects, jobs),
    maker: createRunMaker(context, ladder),
  })
  const corpora = createCorpora(recorded, () => undefined)
  for (const [split, count] of [['train', 24] as const, ['dev', 6] as const])
    await corpora.import({
      ...{ corpus: 'Tiny', split, taskId: split },
      files: onDisk({ name: `${split}.json`, text: tinyCorpus(count, count) }),
    })
  const corpusId = (await corpora.list())[0]?.corpusId ?? 0
  async function train(backend: 'wasm' | 'auto') {
    read.length = 0
    const asked = { corpusId, variants: ['mtl'], seeds: [1], backend, threads: 1 }
    const sizes = { wordDimension: 6, hidden: 6, casingDimension: 2 }
    const [run] = await runs.start(runRequest.parse({ ...asked, model: sizes, training: { epochs: 2, batchSize: 12 } }))
    await jobs.idle()
    return workspace.runs.find(run?.runId ?? '')
  }
  return { train, read }
}

it('reads the corpus once when a run is made, and once when it begins', async () => {
  const { train, read } = await open(() => undefined)
  expect(await train('wasm')).toMatchObject({ status: 'finished', failure: null })
  expect(read).toEqual(['train', 'dev', 'test', 'train', 'dev', 'test'])
})

it('tells of a run whose state cannot be saved, and does not fail itself', async () => {
  const notices: string[] = []
  const { train } = await open((event, workspace) => {
    if (event.type === 'notice') notices.push(event.message)
    if (event.type === 'run' && event.run.status === 'running') workspace.close() // as a disk that is gone
  })
  await expect(train('wasm')).rejects.toThrow('database')
  expect(notices).toEqual([
    expect.stringMatching(/^How the job "train mtl seed 1" ended could not be saved: .*database/),
    expect.stringMatching(/^The list of jobs could not be read: .*database/),
  ])
})

it('lets no run go on with the next backend on a corpus that has changed since it began', async () => {
  const twoCards = new URL('../../support/two-cards-entry.ts', import.meta.url)
  const { train } = await open((event, workspace, corpusId) => {
    if (event.type !== 'notice') return
    expect(event.message).toContain('The run goes on with wasm, from its last checkpoint.')
    const [sentenceId = 0] = sentenceIdsOf(workspace, corpusId)
    const changes = workspace.annotations
      .annotation(sentenceId)
      .relations.map((before) => ({ kind: 'relation', before, after: null }) as const)
    expect(changes).not.toEqual([])
    workspace.annotations.apply(sentenceId, 'Ada', 'all relations removed', changes, 1)
  }, twoCards)
  const run = await train('auto')
  expect(run).toMatchObject({ status: 'interrupted', epoch: 1 })
  expect(run.failure).toContain('The train split of "Tiny" has changed since mtl seed 1 was trained on it')
})
