/** Measurement job: a few training steps of a medium-sized model, by which the speed of backends is compared. */
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { defaultModel, defaultTraining } from '#main/runs/config'
import { variants } from '#main/runs/variants'
import type { RunJob } from './job.ts'
import type { MeasureJob, TrainJob } from '#main/compute/messages'
import { runTrainJob } from './train-job.ts'

/** Batch size, large enough that a graphics card is not judged by its latency. */
const batchSize = 16
const words = 32
const relations = Array.from({ length: 32 }, (_, index) => `r${index}`)
/** Number of steps after the first, which compiles, allocates and loads, and is not counted. */
const leastSteps = 2
const mostSteps = 12
const enoughMs = 500
/** Number of losses that are reported: enough to have run every kernel, forward and back. */
const toldLosses = 3

export const runMeasureJob: RunJob<MeasureJob> = async function* (job, signal, machine) {
  const stepMs: number[] = []
  const losses: number[] = []
  let startedMs: number | null = null
  for await (const event of runTrainJob(toTrainJob(job), signal, machine)) {
    if (event.type === 'device') yield event
    if (event.type !== 'step') continue
    if (losses.length < toldLosses) losses.push(event.loss)
    const nowMs = performance.now()
    if (startedMs !== null) stepMs.push(nowMs - startedMs)
    startedMs = nowMs
    const isEnough = stepMs.length >= leastSteps && sum(stepMs) >= enoughMs
    if (isEnough || stepMs.length === mostSteps) break
  }
  if (stepMs.length > 0) yield { type: 'measured', stepsPerSecond: 1000 / median(stepMs), losses }
}

function toTrainJob({ backend, threads }: MeasureJob): TrainJob {
  const train = Array.from({ length: batchSize * (mostSteps + 1) }, (_, index) => toSentence(index))
  return {
    kind: 'train',
    model: {
      ...variants.pmei,
      ...defaultModel,
      tags: ['O', 'B', 'I', 'E', 'S'],
      untypedLabel: '',
      relations,
    },
    training: { ...defaultTraining, epochs: 1, batchSize },
    train,
    dev: train.slice(0, 1),
    vectors: null,
    encoder: null,
    statesFolder: null,
    from: null,
    resume: null,
    backend,
    threads,
  }
}

/** A sentence with three spans of one word, the first of which is related to the others. */
function toSentence(index: number): LabelledSentence {
  const spans = [1, 9, 20].map((start) => ({ start, end: start + 1, label: '' }))
  const [subject, ...objects] = spans
  return {
    sentenceId: index + 1,
    words: Array.from({ length: words }, (_, at) => `w${(index * 7 + at * 3) % 500}`),
    spans,
    triples: subject
      ? objects.map((object, at) => ({ subject, type: relations[(index + at) % relations.length] ?? '', object }))
      : [],
    unanchored: [],
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/** Median; the upper of two middle values. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN
}
