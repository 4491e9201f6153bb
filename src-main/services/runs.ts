/** Runs: estimated, queued, followed, cancelled, resumed, removed and scored. */
import { randomUUID } from 'node:crypto'
import { freemem } from 'node:os'
import { AppError } from '#main/api/errors'
import type { Handlers } from '#main/api/handlers'
import type { RunRequest } from '#main/api/schemas'
import type { TunedThresholds } from '#main/evaluation/tune-thresholds'
import type { Run } from '#main/runs/run'
import { variantSettings } from '#main/runs/variants'
import { posDimensionOf } from '#main/runs/config'
import { countWeights } from '#main/runs/weight-count'
import type { ServiceContext } from './context.ts'
import type { Evaluator } from './evaluator.ts'
import {
  corpusPartOf,
  findRefusals,
  identify,
  readRunData,
  vocabularySizeOf,
  wordsToLookUp,
  type RunData,
} from './run-data.ts'
import { resolveConfig, type RunFiles } from './run-config.ts'
import { readEncoder } from './run-encoder.ts'
import { estimateRun } from './run-estimate.ts'
import type { RunQueue } from './run-queue.ts'
import { readStoredModel } from './stored-model.ts'
import type { FoundVectors } from './vector-files.ts'
import { assertFits } from './vector-fit.ts'

export function createRuns(context: ServiceContext, queue: RunQueue, evaluator: Evaluator): Handlers['runs'] {
  const { workspace, vectorFiles } = context

  const { find } = workspace.runs

  return {
    list: async () => workspace.runs.list(),

    async get({ runId }) {
      const run = find(runId)
      return { run, points: workspace.runs.points(runId), weights: weightsOf(run) }
    },

    async estimate(request) {
      const encoder = request.encoder && readEncoder(request.encoder).encoder
      const data = readRunData(workspace, request.corpusId)
      const found = await tryVectors(request, data)
      return estimateRun(workspace, data, request, {
        files: { vectors: found.vectors?.identity ?? null, encoder },
        freeMb: freemem() / 1e6,
        withVector: found.vectors && new Set(found.vectors.vectors.words),
        vectorFailure: found.failure,
      })
    },

    async start(request) {
      const data = readRunData(workspace, request.corpusId)
      const [refusal] = findRefusals(data, request.model.posDimension ?? 0)
      if (refusal) throw new AppError('invalid-input', refusal)
      const asked = request.fromRunId ? warmStart(request, find(request.fromRunId)) : request
      const runs = createRunRecords(asked, data, await identifyFiles(asked, data), context.now())
      workspace.transaction(() => runs.forEach((run) => workspace.runs.insert(run)))
      runs.forEach((run) => context.emit({ type: 'run', run }))
      queue.enqueue(runs)
      return runs
    },

    cancel: async ({ runId }) => queue.cancel(find(runId).runId),

    async resume({ runId }) {
      const run = find(runId)
      if (run.status === 'queued' || run.status === 'running')
        throw new AppError('conflict', `${run.name} is ${run.status} already.`)
      if (run.status === 'finished')
        throw new AppError('conflict', `${run.name} has finished: start a new run from it to train on.`)
      const queued: Run = { ...run, status: 'queued', failure: null, finishedMs: null }
      workspace.runs.update(queued)
      context.emit({ type: 'run', run: queued })
      queue.enqueue([queued])
      return queued
    },

    async remove({ runId }) {
      const { status, name } = find(runId)
      if (status === 'running') throw new AppError('conflict', `${name} is running: cancel it before removing it.`)
      if (status === 'queued') queue.cancel(runId)
      workspace.runs.remove(runId)
      workspace.checkpoints.remove(runId)
      context.emit({ type: 'run-removed', runId })
    },

    evaluate: ({ runId, split }) => evaluator.evaluate(find(runId), split),
    spread: ({ runId, split, draws }) => evaluator.spread(find(runId), split, draws),

    async tune({ runId }) {
      return setThresholds(runId, await evaluator.tune(find(runId)))
    },

    untune: async ({ runId }) => setThresholds(runId, null),
  }

  function setThresholds(runId: string, thresholds: TunedThresholds | null): Run {
    const run: Run = { ...find(runId), thresholds }
    workspace.runs.update(run)
    context.emit({ type: 'run', run })
    return run
  }

  /** Of the checkpoint; before there is one, of the corpus, and null when that was removed. */
  function weightsOf({ runId, corpusId, config }: Run): { all: number; withoutVectors: number } | null {
    const stored = readStoredModel(workspace, runId)
    const vocabulary = workspace.checkpoints.readFile(runId, 'best', 'vocabulary.txt')
    if (stored) return countWeights(stored, vocabulary?.filter((byte) => byte === 0x0a).length ?? 0)
    if (!workspace.corpora.list().some((corpus) => corpus.corpusId === corpusId)) return null
    const data = readRunData(workspace, corpusId)
    const model = { ...config.model, ...corpusPartOf(data, posDimensionOf(config.model)) }
    return countWeights(model, vocabularySizeOf(data))
  }

  async function identifyFiles(request: RunRequest, data: RunData): Promise<RunFiles> {
    const read = request.encoder && readEncoder(request.encoder)
    if (read) {
      const widened = request.variants.find((name) => variantSettings[name]?.asLargeAs)
      if (widened)
        throw new AppError(
          'invalid-input',
          `${widened} widens the LSTM; a BERT is as wide as its weights. Leave it out.`,
        )
      workspace.encoders.keep(read.encoder.source.sha256, read.files)
    }
    const found = await findVectors(request, data)
    return { vectors: found?.identity ?? null, encoder: read?.encoder ?? null }
  }

  /** Null where none are asked for, or words are read by a BERT. */
  async function findVectors(request: RunRequest, data: RunData): Promise<FoundVectors | null> {
    const { vectors, encoder, model } = request
    if (vectors === null || encoder) return null
    const words = wordsToLookUp(data, 'dev')
    const found = await vectorFiles.read(vectors, words)
    assertFits(found, words, model.wordDimension)
    return found
  }

  /** An estimate names what is wrong with the vectors beside all else that it can say. */
  async function tryVectors(request: RunRequest, data: RunData) {
    try {
      return { vectors: await findVectors(request, data), failure: null }
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      return { vectors: null, failure: error.message }
    }
  }

  /** The request with the sizes of the run it starts from. */
  function warmStart(request: RunRequest, from: Run): RunRequest {
    if (from.bestEpoch === null)
      throw new AppError('invalid-input', `${from.name} has no checkpoint yet, so nothing can start from it.`)
    const differing = request.variants.find((variant) => variant !== from.config.variant)
    if (differing)
      throw new AppError(
        'invalid-input',
        `${from.name} is ${from.config.variant}; a run of ${differing} cannot start from its weights. Choose the same variant.`,
      )
    const { encoder, anchor } = from.config.model
    if (encoder.kind === 'bert') {
      const { folder, sha256 } = encoder.source
      if (request.encoder && readEncoder(request.encoder).encoder.source.sha256 !== sha256)
        throw new AppError('invalid-input', `${from.name} reads with the encoder of ${folder}. Choose that folder.`)
      return { ...request, encoder: request.encoder ?? { folder, isFrozen: encoder.isFrozen }, model: { anchor } }
    }
    const { kind: _kind, ...lstm } = encoder
    const sizes = { ...lstm, anchor }
    for (const [name, size] of Object.entries(sizes)) {
      const asked = request.model[name as keyof typeof sizes] // a key of sizes
      if (asked !== undefined && asked !== size)
        throw new AppError(
          'invalid-input',
          `${name} is ${size} in ${from.name}; a run that starts from its weights cannot have ${asked}. Leave it out.`,
        )
    }
    return { ...request, model: sizes }
  }
}

function createRunRecords(request: RunRequest, data: RunData, files: RunFiles, createdMs: number): Run[] {
  const experimentId = randomUUID()
  const identity = identify(data)
  const labels = corpusPartOf(data, request.model.posDimension ?? 0)
  return request.seeds.flatMap((seed) =>
    request.variants.map((variant) => ({
      runId: randomUUID(),
      experimentId,
      name: `${variant} seed ${seed}`,
      corpusId: request.corpusId,
      status: 'queued' as const,
      config: resolveConfig(request, variant, seed, files, labels),
      data: identity,
      fromRunId: request.fromRunId,
      createdMs,
      finishedMs: null,
      epoch: 0,
      bestEpoch: null,
      bestDev: null,
      device: null,
      failure: null,
      notes: [],
    })),
  )
}
