/** What a run would cost, before it is started. */
import type { RunRequest } from '#main/api/schemas'
import type { RunEstimate } from '#main/api/views'
import { countRounded } from '#main/document/labelled-sentence'
import { stateWidth, type ModelConfig, type RunConfig } from '#main/runs/config'
import { countWeights } from '#main/runs/weight-count'
import type { Workspace } from '#main/storage/workspace'
import { estimateMemoryMb } from './memory-estimate.ts'
import { resolveConfig, type RunFiles } from './run-config.ts'
import { notesOnEncoder } from './run-encoder.ts'
import { corpusPartOf, coverageOf, findRefusals, posShareOf, vocabularySizeOf, type RunData } from './run-data.ts'

/** What the estimate cannot find out by itself. */
export interface EstimateBasis {
  readonly files: RunFiles
  /** Memory that the machine has left. */
  readonly freeMb: number
  /** The words of train and dev that have a vector, in lower case; null without word vectors. */
  readonly withVector: ReadonlySet<string> | null
  /** Why the word vectors cannot be used. */
  readonly vectorFailure: string | null
}

export function estimateRun(
  workspace: Workspace,
  data: RunData,
  request: RunRequest,
  { files, freeMb, withVector, vectorFailure }: EstimateBasis,
): RunEstimate {
  const { train, dev, test } = data.splits
  const labels = corpusPartOf(data, request.model.posDimension ?? 0)
  const [seed = 1] = request.seeds
  const configs = request.variants.map((variant) => resolveConfig(request, variant, seed, files, labels))
  const models = configs.map((config) => ({ config, model: { ...config.model, ...labels } satisfies ModelConfig }))
  const vocabularySize = vocabularySizeOf(data, withVector ?? new Set())
  const weights = Math.max(0, ...models.map(({ model }) => countWeights(model, vocabularySize).all))
  const longest = train.reduce((length, { words }) => Math.max(length, words.length), 0)
  const notes = [
    ...(dev.length === 0 ? ['There is no dev split: a seeded tenth of train selects the epoch.'] : []),
    ...(request.vectors === null && !request.encoder
      ? ['Without word vectors the embedding starts from random numbers.']
      : []),
    ...(files.encoder ? notesOnEncoder(files.encoder) : []),
  ]
  const memoryMb = Math.max(
    0,
    ...models.map(({ model, config }) => estimateMemoryMb(model, config, { vocabularySize, longest })),
  )
  const rounded = countRounded(train)
  if (rounded > 0)
    notes.push(`${rounded} gold spans of train begin or end within a word: training and scores take their whole words.`)
  return {
    sentences: { train: train.length, dev: dev.length, test: test.length },
    weights,
    memoryMb,
    secondsPerEpoch: pastSecondsPerEpoch(workspace, request, configs),
    vectors: withVector && coverageOf(data, withVector),
    posShare: posShareOf(data),
    refusals: [
      ...findRefusals(data, request.model.posDimension ?? 0),
      ...(vectorFailure === null ? [] : [vectorFailure]),
    ],
    notes: [...notes, ...describeLack(memoryMb, freeMb)],
  }
}

/** A warning and no refusal: training goes on in smaller parts as long as it can. */
function describeLack(neededMb: number, freeMb: number): string[] {
  if (neededMb <= freeMb) return []
  return [
    `About ${neededMb} MB of memory are needed and ${Math.round(freeMb)} MB are free: close other programs or take fewer units.`,
  ]
}

/** Mean over earlier runs on the same corpus with the same variants and width; null when there is none. */
function pastSecondsPerEpoch(
  workspace: Workspace,
  { corpusId }: RunRequest,
  configs: readonly RunConfig[],
): number | null {
  const seconds = workspace.runs
    .list()
    .filter(
      (run) =>
        run.corpusId === corpusId &&
        configs.some(
          ({ variant, model }) => run.config.variant === variant && stateWidth(run.config.model) === stateWidth(model),
        ),
    )
    .flatMap(({ runId }) => workspace.runs.points(runId).map((point) => point.seconds))
  return seconds.length === 0 ? null : seconds.reduce((sum, value) => sum + value, 0) / seconds.length
}
