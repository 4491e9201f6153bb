/** RunMaker: the runs of a request, one per variant and seed, checked against the corpus before anything is stored. */
import { randomUUID } from 'node:crypto'
import { AppError } from '#main/core/errors'
import type { RunRequest } from '#main/api/runs'
import type { BackendLadder } from '#main/machine/backend-ladder'
import type { DataIdentity, Run } from '#main/runs/run'
import { isRival } from '#main/runs/model-name'
import { nameInRequest } from '#main/runs/run-name'
import { variantSettings } from '#main/runs/variants'
import { whyUnused } from '#main/runs/unused-setting'
import type { ServiceContext } from '../context.ts'
import { whyTooLarge } from './bert-fit.ts'
import { factsOf, vocabularyOf } from './corpus-facts.ts'
import { posSourceAsked, resolveConfig, type RunSources } from './run-config.ts'
import { corpusPartOf, findRefusals, identify, readRunData, type RunData } from './run-data.ts'
import { notesOnEncoder, readEncoder, type ReadEncoder } from './run-encoder.ts'
import { remarksOn, type RunFacts } from './run-facts.ts'
import { remarksOnTagger } from '../tagger/tagger-remarks.ts'
import { createRunVectors, type FoundForRuns, type RunVectors, type LookUp } from './run-vectors.ts'
import { assertStartsFrom, encoderToGoOnWith, refuseWordSettings } from './warm-request.ts'

/** RunBasis: the facts and data that runs on a corpus are made from, read once for all of them. */
export interface RunBasis {
  readonly data: RunData
  readonly facts: RunFacts
  readonly identity: DataIdentity
  /** Word vectors that requests asked for so far. */
  readonly found: Map<string, Promise<FoundForRuns>>
}

export interface RunMaker {
  read(corpusId: number): Promise<RunBasis>
  /**
   * Runs that are stored nowhere yet, but for the files of their encoder. They are of the experiment, or of a new one.
   * @throws AppError 'invalid-input' where they could not be trained.
   */
  make(request: RunRequest, basis: RunBasis, experimentId?: string): Promise<Run[]>
  /** The run that a request starts from; null where it starts afresh. */
  startedFrom(request: RunRequest): Run | null
  /** Reads the encoder in the folder of a request, or that of the run that it starts from; null where words are read. */
  encoderOf(request: RunRequest, from: Run | null): Promise<ReadEncoder | null>
  readonly vectors: RunVectors
  /** Remarks for the person on the tagger of the runs; none where they take no parts of speech from one. */
  remarksOnTagger(request: RunRequest, sources: RunSources, words: LookUp): Promise<readonly string[]>
}

export function createRunMaker(context: ServiceContext, ladder: BackendLadder): RunMaker {
  const { workspace } = context
  const vectors = createRunVectors(context.vectorFiles)

  const startedFrom = (request: RunRequest): Run | null => {
    const from = request.fromRunId ? workspace.runs.find(request.fromRunId) : null
    if (from) assertStartsFrom(request, from)
    return from
  }
  const encoderOf = (request: RunRequest, from: Run | null): Promise<ReadEncoder | null> =>
    from ? encoderToGoOnWith(workspace, request, from) : askedEncoder(request)

  const remarksOnTaggerOf: RunMaker['remarksOnTagger'] = async (request, sources, words) =>
    posSourceAsked(request, sources) === 'wink' ? remarksOnTagger(words, context.vectorFiles) : []

  /** The requests of an experiment ask for the same few vectors again and again. */
  function vectorsFor(request: RunRequest, { data, found }: RunBasis, from: Run | null): Promise<FoundForRuns> {
    const { fromRunId, encoder, model } = request
    const key = JSON.stringify([request.vectors, fromRunId, encoder, model.wordDimension])
    const asked = found.get(key) ?? vectors.find(request, () => vocabularyOf(data), from)
    found.set(key, asked)
    return asked
  }

  return {
    startedFrom,
    encoderOf,
    vectors,
    remarksOnTagger: remarksOnTaggerOf,

    async read(corpusId) {
      const data = await readRunData(workspace, corpusId)
      return { data, facts: await factsOf(data), identity: await identify(data), found: new Map() }
    },

    async make(request, basis, experimentId = randomUUID()) {
      refuseUnused(request)
      const { facts } = basis
      const from = startedFrom(request)
      const read = await encoderOf(request, from)
      const found = await vectorsFor(request, basis, from)
      const sources = {
        vectors: found.vectors?.identity ?? null,
        encoder: read?.encoder ?? null,
        from: from?.config.model ?? null,
        ...{ trainSentences: facts.sentences.train, hasPos: facts.posShare > 0 },
      }
      const onTagger = await remarksOnTaggerOf(request, sources, () => vocabularyOf(basis.data))
      const notes = [...remarksOn(facts), ...found.remarks, ...onTagger, ...(read ? notesOnEncoder(read) : [])]
      const common = { experimentId, notes, createdMs: context.now() }
      const runs = createRunRecords(request, basis, sources, common)
      const tooLarge = await whyTooLarge(read?.encoder ?? null, request.backend, ladder)
      const configs = runs.map(({ config }) => config)
      const [refusal] = [...findRefusals(facts, configs), ...(tooLarge === null ? [] : [tooLarge])]
      if (refusal) throw new AppError('invalid-input', refusal)
      if (read) await workspace.encoders.keep(read.encoder.source.sha256, read.files)
      return runs
    },
  }
}

/** @throws AppError 'invalid-input' for a setting that no model of the request has: it would change nothing. */
function refuseUnused({ variants, model, training }: RunRequest): void {
  const why = whyUnused({ ...model, ...training }, variants)
  if (why !== null) throw new AppError('invalid-input', why)
}

/** Reads the encoder in the folder of a request; null where words are read. */
async function askedEncoder(request: RunRequest): Promise<ReadEncoder | null> {
  const { encoder, variants } = request
  if (!encoder) return null
  refuseWordSettings(request, 'a BERT, which has no LSTM')
  const widened = variants.find((name) => !isRival(name) && variantSettings[name]?.asLargeAs)
  if (widened)
    throw new AppError('invalid-input', `${widened} widens the LSTM; a BERT is as wide as its weights. Leave it out.`)
  return readEncoder(encoder)
}

function createRunRecords(
  request: RunRequest,
  { facts, identity: data }: RunBasis,
  sources: RunSources,
  common: Pick<Run, 'experimentId' | 'notes' | 'createdMs'>,
): Run[] {
  const labels = corpusPartOf(facts, posSourceAsked(request, sources))
  return request.seeds.flatMap((seed) =>
    request.variants.map((variant) => ({
      runId: randomUUID(),
      name: nameInRequest(request, variant, seed),
      note: '',
      corpusId: request.corpusId,
      status: 'queued' as const,
      config: resolveConfig(request, variant, seed, sources, labels),
      data,
      fromRunId: request.fromRunId,
      finishedMs: null,
      epoch: 0,
      bestEpoch: null,
      bestDev: null,
      device: null,
      failure: null,
      ...common,
    })),
  )
}
