/** Estimate of what a run would cost, before it is started. */
import type { RunRequest, RunEstimate } from '#main/api/runs'
import type { ModelConfig } from '#main/runs/config'
import type { ModelName } from '#main/runs/model-name'
import type { TrainingConfig } from '#main/runs/setting-values'
import { countWeights } from '#main/runs/weight-count'
import { enumerate } from '#main/text/enumeration'
import type { Workspace } from '#main/storage/workspace'
import { estimateMemoryMb } from './memory-estimate.ts'
import { formerRuns, pastTimesOf, type RunTime } from './past-times.ts'
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
  const past = pastTimesOf(formerRuns(workspace, request.corpusId))
  const times = configs.map((config) => ({ config, time: past(config, train) }))
  const timed = times.flatMap(({ config, time }) => (time ? [{ ...time, ...config.training }] : []))
  const untimed = times.flatMap(({ config, time }) => (time ? [] : [config.variant]))
  return {
    sentences: { train, dev, test },
    weights,
    memoryMb,
    ...timesOf(timed, configs.length, request.seeds.length),
    vectors: vectors && coverageOf(vectors.vocabulary, vectors.known),
    posShare: facts.posShare,
    refusals: [...findRefusals(facts, configs), ...[vectorFailure, encoderFailure].filter((text) => text !== null)],
    notes: [...notes, ...describeUntimed(untimed, timed.length > 0), ...describeLack(memoryMb, freeMb)],
  }
}

/** A warning and no refusal: training goes on in smaller parts as long as it can. */
function describeLack(neededMb: number, freeMb: number): string[] {
  if (neededMb <= freeMb) return []
  return [
    `About ${neededMb} MB of memory are needed and ${Math.round(freeMb)} MB are free: close other programs or take fewer units.`,
  ]
}

type AskedTime = RunTime & Pick<TrainingConfig, 'epochs' | 'minutes'>

/** Seconds that a run takes at most: its epochs, or those begun within its minutes. */
function mostSeconds({ perEpoch, besides, epochs, minutes }: AskedTime): number {
  const begun = minutes === 0 ? epochs : Math.min(epochs, Math.ceil((60 * minutes) / perEpoch))
  return perEpoch * begun + besides
}

type Timed = Pick<RunEstimate, 'secondsPerEpoch' | 'seconds' | 'scoringSeconds'>

/** The time of the epochs of all runs that are asked for. A model that was never trained is taken for as slow as the others. */
function timesOf(times: readonly AskedTime[], models: number, seeds: number): Timed {
  if (times.length === 0) return { secondsPerEpoch: null, seconds: null, scoringSeconds: null }
  const mean = (of: (time: AskedTime) => number): number =>
    times.reduce((sum, time) => sum + of(time), 0) / times.length
  const runs = models * seeds
  return {
    secondsPerEpoch: mean(({ perEpoch }) => perEpoch),
    seconds: runs * mean(mostSeconds),
    scoringSeconds: runs * mean(({ scoring }) => scoring),
  }
}

function describeUntimed(untimed: readonly ModelName[], isAnyTimed: boolean): string[] {
  if (untimed.length === 0 || !isAnyTimed) return []
  return [
    `No former run on this corpus says how long ${enumerate(untimed)} ${untimed.length === 1 ? 'takes' : 'take'}: the time is reckoned as that of the other models.`,
  ]
}
