/** Runs: estimated, queued, followed, cancelled, resumed and scored. */
import { freemem } from 'node:os'
import { AppError } from '#main/core/errors'
import type { Handlers } from '#main/api/handlers'
import type { RunDetail } from '#main/api/runs'
import type { Run } from '#main/runs/run'
import { posSourceOf } from '#main/runs/config'
import { countWeights } from '#main/runs/weight-count'
import type { ServiceContext } from '../context.ts'
import { runInSlices } from '../slices.ts'
import { whyTooLarge } from './bert-fit.ts'
import type { Calibrations } from './calibrations.ts'
import type { Evaluator } from './evaluator.ts'
import type { Evaluate } from './score-kind.ts'
import { corpusPartOf } from './run-data.ts'
import { vocabularySizeOf, type CorpusFacts } from './corpus-facts.ts'
import { notesOnEncoder } from './run-encoder.ts'
import { estimateRun } from './run-estimate.ts'
import { assertSameData } from './changed-corpus.ts'
import type { RunMaker } from './make-runs.ts'
import type { Training } from './training.ts'
import type { BackendLadder } from '#main/machine/backend-ladder'
import { modelOf } from './stored-model.ts'
import type { MeasureEffects } from './effects-kind.ts'
import type { MeasureSpread } from './spread-kind.ts'
import { trainedRun } from './trained-run.ts'
import type { Tune } from './tune-kind.ts'
import { readBest } from './run-checkpoint.ts'

const noCorrections = { sentences: { train: 0, dev: 0, test: 0 }, sentenceIds: [], isCut: false } as const

interface RunsParts {
  readonly training: Training
  readonly evaluator: Evaluator
  readonly evaluate: Evaluate
  readonly tune: Tune
  readonly spread: MeasureSpread
  readonly effects: MeasureEffects
  readonly calibrations: Calibrations
  readonly maker: RunMaker
  readonly ladder: BackendLadder
  readonly corpusFacts: CorpusFacts
}

export function createRuns(
  context: ServiceContext,
  { corpusFacts, training, evaluator, evaluate, tune, spread, effects, calibrations, maker, ladder }: RunsParts,
): Omit<Handlers['runs'], 'removal' | 'remove'> {
  const { workspace } = context

  const { find } = workspace.runs

  return {
    list: async () => workspace.runs.list(),

    async get({ runId }) {
      const run = find(runId)
      return { run, points: workspace.runs.points(runId), weights: await weightsOf(run) }
    },

    async estimate(request) {
      const { corpusId } = request
      const facts = await corpusFacts.of(corpusId)
      const from = maker.startedFrom(request)
      const read = await maker.encoderOf(request, from)
      const words = () => corpusFacts.vocabulary(corpusId)
      const { vectors, remarks, failure } = await maker.vectors.tryFind(request, words, from)
      const sources = {
        vectors: vectors?.identity ?? null,
        encoder: read?.encoder ?? null,
        from: from?.config.model ?? null,
        ...{ trainSentences: facts.sentences.train, hasPos: facts.posShare > 0 },
      }
      const onTagger = await maker.remarksOnTagger(request, sources, words)
      return estimateRun(workspace, facts, request, {
        sources,
        remarks: [...remarks, ...onTagger, ...(read ? notesOnEncoder(read) : [])],
        freeMb: freemem() / 1e6,
        vectors: vectors && {
          vocabulary: await corpusFacts.vocabulary(corpusId),
          known: new Set(vectors.vectors.words),
        },
        vectorFailure: failure,
        encoderFailure: await whyTooLarge(read?.encoder ?? null, request.backend, ladder),
      })
    },

    async start(request) {
      const runs = await maker.make(request, await maker.read(request.corpusId))
      workspace.transaction(() => runs.forEach((run) => workspace.runs.insert(run)))
      runs.forEach((run) => context.emit({ type: 'run', run }))
      training.begin(runs)
      return runs
    },

    async corrections({ runId }) {
      const { corpusId, createdMs } = find(runId)
      if (!workspace.corpora.list().some((corpus) => corpus.corpusId === corpusId)) return noCorrections
      return runInSlices(workspace.annotations.correctionSteps(corpusId, createdMs))
    },

    cancel: ({ runId }) => training.cancel(find(runId)),
    pause: async ({ runId }) => training.pause(find(runId)),

    async resume({ runId }) {
      const run = find(runId)
      if (run.status === 'queued' || run.status === 'running')
        throw new AppError('conflict', `${run.name} is ${run.status} already.`)
      if (run.status === 'finished')
        throw new AppError('conflict', `${run.name} has finished: start a new run from it to train on.`)
      await assertSameData(workspace, run)
      training.resume(run)
      return find(runId)
    },

    evaluation: ({ runId, split }) => evaluator.look(find(runId), split),
    evaluate: ({ runId, split, again }) => evaluate(find(runId), split, again ?? false),
    spread: ({ runId, split, draws }) => spread({ run: find(runId), split, draws }),
    effects: ({ runId, split }) => effects(find(runId), split),
    tune: ({ runId }) => tune(find(runId)),

    calibration: async ({ runId }) => calibrations.find(find(runId)),
    calibrate: ({ runId }, signal) => calibrations.ensure(trainedRun(workspace, runId), signal),

    checkCalibration: ({ runId, split, precisions }, signal) =>
      calibrations.check(trainedRun(workspace, runId), split, precisions, signal),

    untune: async ({ runId }) => change(runId, { thresholds: null }),
    async rename({ runId, name }) {
      const run = change(runId, { name })
      training.rename(run)
      return run
    },
    setTags: async ({ runId, tags }) => change(runId, { tags }),
    setNote: async ({ runId, note }) => change(runId, { note }),
  }

  function change(runId: string, changed: Partial<Run>): Run {
    const run: Run = { ...find(runId), ...changed }
    workspace.runs.update(run)
    context.emit({ type: 'run', run })
    return run
  }

  /** Of the checkpoint; before there is one, of the corpus, and null when that was removed or the checkpoint is damaged. */
  async function weightsOf(run: Run): Promise<RunDetail['weights']> {
    const { corpusId, config } = run
    try {
      const stored = await readBest(workspace, run, (name) => name === 'config.json' || name === 'vocabulary.txt')
      const words = stored?.files['vocabulary.txt']?.filter((byte) => byte === 0x0a).length ?? 0
      if (stored) return countWeights(modelOf(stored.files), words)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      context.tellOnce(error.message)
      return null
    }
    if (!workspace.corpora.list().some((corpus) => corpus.corpusId === corpusId)) return null
    const facts = await corpusFacts.of(corpusId)
    const model = { ...config.model, ...corpusPartOf(facts, posSourceOf(config.model)) }
    return countWeights(model, vocabularySizeOf(facts, null))
  }
}
