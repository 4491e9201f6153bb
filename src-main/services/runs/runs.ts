/** Runs: estimated, queued, followed, cancelled, resumed and scored. */
import { randomUUID } from 'node:crypto'
import { freemem } from 'node:os'
import { AppError } from '#main/core/errors'
import type { Handlers } from '#main/api/handlers'
import type { RunDetail, RunRequest } from '#main/api/runs'
import type { Run } from '#main/runs/run'
import { nameInRequest } from '#main/runs/run-name'
import { variantSettings } from '#main/runs/variants'
import { posDimensionOf } from '#main/runs/config'
import { countWeights } from '#main/runs/weight-count'
import type { ServiceContext } from '../context.ts'
import { whyTooLarge } from './bert-fit.ts'
import type { Calibrations } from './calibrations.ts'
import type { Evaluator } from './evaluator.ts'
import type { Evaluate } from './score-kind.ts'
import { corpusPartOf, findRefusals, identify, readRunData, type RunData } from './run-data.ts'
import { remarksOn, type RunFacts } from './run-facts.ts'
import { factsOf, vocabularyOf, vocabularySizeOf, type CorpusFacts } from './corpus-facts.ts'
import { posDimensionAsked, resolveConfig, type RunSources } from './run-config.ts'
import { notesOnEncoder, readEncoder, type ReadEncoder } from './run-encoder.ts'
import { estimateRun } from './run-estimate.ts'
import { assertSameData } from './changed-corpus.ts'
import type { Training } from './training.ts'
import type { BackendLadder } from '#main/machine/backend-ladder'
import { createRunVectors } from './run-vectors.ts'
import { modelOf } from './stored-model.ts'
import { assertStartsFrom, encoderToGoOnWith, refuseWordSettings } from './warm-request.ts'
import type { MeasureSpread } from './spread-kind.ts'
import { trainedRun } from './trained-run.ts'
import type { Tune } from './tune-kind.ts'
import { readBest } from './run-checkpoint.ts'

interface RunsParts {
  readonly training: Training
  readonly evaluator: Evaluator
  readonly evaluate: Evaluate
  readonly tune: Tune
  readonly spread: MeasureSpread
  readonly calibrations: Calibrations
  readonly ladder: BackendLadder
  readonly corpusFacts: CorpusFacts
}

export function createRuns(
  context: ServiceContext,
  { corpusFacts, training, evaluator, evaluate, tune, spread, calibrations, ladder }: RunsParts,
): Omit<Handlers['runs'], 'removal' | 'remove'> {
  const { workspace } = context
  const runVectors = createRunVectors(context.vectorFiles)

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
      const from = startedFrom(request)
      const read = from ? await encoderToGoOnWith(workspace, request, from) : await askedEncoder(request)
      const words = () => corpusFacts.vocabulary(corpusId)
      const { vectors, remarks, failure } = await runVectors.tryFind(request, words, from)
      return estimateRun(workspace, facts, request, {
        sources: {
          vectors: vectors?.identity ?? null,
          encoder: read?.encoder ?? null,
          from: from?.config.model ?? null,
          ...{ trainSentences: facts.sentences.train, hasPos: facts.posShare > 0 },
        },
        remarks: [...remarks, ...(read ? notesOnEncoder(read) : [])],
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
      const data = readRunData(workspace, request.corpusId)
      const facts = factsOf(data)
      const from = startedFrom(request)
      const read = from ? await encoderToGoOnWith(workspace, request, from) : await askedEncoder(request)
      const { vectors, remarks } = await runVectors.find(request, () => Promise.resolve(vocabularyOf(data)), from)
      const sources = {
        vectors: vectors?.identity ?? null,
        encoder: read?.encoder ?? null,
        from: from?.config.model ?? null,
        ...{ trainSentences: facts.sentences.train, hasPos: facts.posShare > 0 },
      }
      const notes = [...remarksOn(facts), ...remarks, ...(read ? notesOnEncoder(read) : [])]
      const runs = createRunRecords(request, data, facts, sources, notes, context.now())
      const tooLarge = await whyTooLarge(read?.encoder ?? null, request.backend, ladder)
      const configs = runs.map(({ config }) => config)
      const [refusal] = [...findRefusals(facts, configs), ...(tooLarge === null ? [] : [tooLarge])]
      if (refusal) throw new AppError('invalid-input', refusal)
      if (read) await workspace.encoders.keep(read.encoder.source.sha256, read.files)
      workspace.transaction(() => runs.forEach((run) => workspace.runs.insert(run)))
      runs.forEach((run) => context.emit({ type: 'run', run }))
      training.begin(runs)
      return runs
    },

    cancel: ({ runId }) => training.cancel(find(runId)),
    pause: async ({ runId }) => training.pause(find(runId)),

    async resume({ runId }) {
      const run = find(runId)
      if (run.status === 'queued' || run.status === 'running')
        throw new AppError('conflict', `${run.name} is ${run.status} already.`)
      if (run.status === 'finished')
        throw new AppError('conflict', `${run.name} has finished: start a new run from it to train on.`)
      assertSameData(workspace, run)
      training.resume(run)
      return find(runId)
    },

    evaluation: async ({ runId, split }) => evaluator.look(find(runId), split),
    evaluate: ({ runId, split, again }) => evaluate(find(runId), split, again ?? false),
    spread: ({ runId, split, draws }) => spread({ run: find(runId), split, draws }),
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
    const model = { ...config.model, ...corpusPartOf(facts, posDimensionOf(config.model)) }
    return countWeights(model, vocabularySizeOf(facts, null))
  }

  /** The run that a request starts from; null where it starts afresh. */
  function startedFrom(request: RunRequest): Run | null {
    const from = request.fromRunId ? find(request.fromRunId) : null
    if (from) assertStartsFrom(request, from)
    return from
  }

  /** What the folder of a request holds; null where words are read. */
  async function askedEncoder(request: RunRequest): Promise<ReadEncoder | null> {
    const { encoder, variants } = request
    if (!encoder) return null
    refuseWordSettings(request, 'a BERT, which has no LSTM')
    const widened = variants.find((name) => variantSettings[name]?.asLargeAs)
    if (widened)
      throw new AppError('invalid-input', `${widened} widens the LSTM; a BERT is as wide as its weights. Leave it out.`)
    return readEncoder(encoder)
  }
}

function createRunRecords(
  request: RunRequest,
  data: RunData,
  facts: RunFacts,
  sources: RunSources,
  notes: readonly string[],
  createdMs: number,
): Run[] {
  const experimentId = randomUUID()
  const identity = identify(data)
  const labels = corpusPartOf(facts, posDimensionAsked(request, sources))
  return request.seeds.flatMap((seed) =>
    request.variants.map((variant) => ({
      runId: randomUUID(),
      experimentId,
      name: nameInRequest(request, variant, seed),
      note: '',
      corpusId: request.corpusId,
      status: 'queued' as const,
      config: resolveConfig(request, variant, seed, sources, labels),
      data: identity,
      fromRunId: request.fromRunId,
      createdMs,
      finishedMs: null,
      epoch: 0,
      bestEpoch: null,
      bestDev: null,
      device: null,
      failure: null,
      notes,
    })),
  )
}
