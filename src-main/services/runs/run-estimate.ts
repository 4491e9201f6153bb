/** Estimate of what a run would cost, before it is started. */
import type { RunRequest, RunEstimate } from '#main/api/runs'
import { stateWidth, type ModelConfig, type RunConfig } from '#main/runs/config'
import { countWeights } from '#main/runs/weight-count'
import type { Workspace } from '#main/storage/workspace'
import { estimateMemoryMb } from './memory-estimate.ts'
import { posSourceAsked, resolveConfig, type RunSources } from './run-config.ts'
import type { Vocabulary } from './corpus-words.ts'
import { corpusPartOf, findRefusals } from './run-data.ts'
import { remarksOn, type RunFacts } from './run-facts.ts'
import { coverageOf, vocabularySizeOf } from './corpus-facts.ts'

/** EstimateBasis: facts that the estimate cannot find out by itself. */
export interface EstimateBasis {
  readonly sources: RunSources
  /** Remarks on the files, for the person. */
  readonly remarks: readonly string[]
  /** Memory that the machine has left. */
  readonly freeMb: number
  /** The words of train and dev, and those of them that have a vector; null without word vectors. */
  readonly vectors: { readonly vocabulary: Vocabulary; readonly known: ReadonlySet<string> } | null
  /** Why the word vectors cannot be used. */
  readonly vectorFailure: string | null
  /** Why the encoder cannot. */
  readonly encoderFailure: string | null
}

export function estimateRun(
  workspace: Workspace,
  facts: RunFacts,
  request: RunRequest,
  { sources, remarks, freeMb, vectors, vectorFailure, encoderFailure }: EstimateBasis,
): RunEstimate {
  const { train, dev, test } = facts.sentences
  const labels = corpusPartOf(facts, posSourceAsked(request, sources))
  const [seed = 1] = request.seeds
  const configs = request.variants.map((variant) => resolveConfig(request, variant, seed, sources, labels))
  const models = configs.map((config) => ({ config, model: { ...config.model, ...labels } satisfies ModelConfig }))
  const vocabularySize = vocabularySizeOf(facts, vectors)
  const weights = Math.max(0, ...models.map(({ model }) => countWeights(model, vocabularySize).all))
  const { longest, words, rounded } = facts
  const notes = [...remarksOn(facts), ...remarks]
  const memoryMb = Math.max(
    0,
    ...models.map(({ model, config }) => estimateMemoryMb(model, config, { vocabularySize, longest, words })),
  )
  if (rounded > 0)
    notes.push(`${rounded} gold spans of train begin or end within a word: training and scores take their whole words.`)
  return {
    sentences: { train, dev, test },
    weights,
    memoryMb,
    secondsPerEpoch: pastSecondsPerEpoch(workspace, request, configs),
    vectors: vectors && coverageOf(vectors.vocabulary, vectors.known),
    posShare: facts.posShare,
    refusals: [...findRefusals(facts, configs), ...[vectorFailure, encoderFailure].filter((text) => text !== null)],
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

/** Mean over earlier runs on the same corpus with the same variants and encoder; null when there is none. */
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
        configs.some(({ variant, model }) => run.config.variant === variant && isAlike(run.config.model, model)),
    )
    .flatMap(({ runId }) => workspace.runs.points(runId).map((point) => point.seconds))
  return seconds.length === 0 ? null : seconds.reduce((sum, value) => sum + value, 0) / seconds.length
}

/** Do their encoders take about as long? */
function isAlike(one: RunConfig['model'], other: RunConfig['model']): boolean {
  const work = ({ encoder }: RunConfig['model']): string =>
    encoder.kind === 'lstm' ? '' : `${encoder.isFrozen ? 'frozen' : 'trained'} ${encoder.sizes.layers}`
  return stateWidth(one) === stateWidth(other) && work(one) === work(other)
}
