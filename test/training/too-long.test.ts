/** Sentences too long for the memory, even alone: training does without them, whoever computes and wherever it resumes. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import * as tf from '@tensorflow/tfjs-core'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { parseCheckpoint } from '#main/models/checkpoint'
import { startSums } from '#main/training/gradient-sums'
import { startLearner } from '#main/training/start-learner'
import { trainStep, type StepResult } from '#main/training/step'
import type { Learner } from '#main/training/learner'
import type { TrainingEvent, TrainingJob } from '#main/training/job'
import { train } from '#main/training/train'
import { createProcessHost } from '#main/compute/host'
import type { ComputeHost, TrainJob, WorkerEvent } from '#main/compute/messages'
import { bertFiles, tinyBert } from '../support/bert-folder.ts'
import { relativeError } from '../support/golden.ts'
import { limitHeap } from '../support/limited-heap.ts'
import { smallHeap } from '../support/small-heap.ts'
import { useBackend } from '../support/tensor-backends.ts'
import { tinyJob, tinyModel, tinySentences, tinyTraining } from '../support/tiny-training.ts'

beforeAll(() => useBackend('wasm'))

const short = tinySentences(8)

/** The words of sentence after sentence, as one. */
function long(words: number): LabelledSentence {
  const repeated = Array.from({ length: words }, (_, at) => ['Ada', 'founded', 'Orbix', '.'][at % 4] ?? '')
  const at = (start: number) => ({ start, end: start + 1, label: '' })
  return {
    sentenceId: 1000 + words,
    words: repeated,
    spans: [at(0), at(2)],
    triples: [{ subject: at(0), type: 'founder_of', object: at(2) }],
    unanchored: [],
  }
}

/** Two updates an epoch, each with a sentence that is too long for `smallHeap`. */
function bertJob(changes: Partial<TrainingJob> = {}): TrainingJob {
  return tinyJob({
    model: tinyModel('pmei', { encoder: tinyBert(false) }),
    training: tinyTraining({ epochs: 3, batchSize: 5, learningRate: 0.01, dropout: 0.1, order: 'file' }),
    train: [...short.slice(0, 4), long(100), ...short.slice(4, 7), long(140), ...short.slice(7)],
    dev: short.slice(0, 2),
    encoder: bertFiles,
    ...changes,
  })
}

async function run(job: TrainingJob): Promise<TrainingEvent[]> {
  const events: TrainingEvent[] = []
  for await (const event of train(job, new AbortController().signal, { peakMemoryMb: () => 0 })) events.push(event)
  return events
}

type Told = TrainingEvent | WorkerEvent
const lossesOf = (events: readonly Told[]): number[] => events.flatMap((e) => (e.type === 'step' ? e.loss : []))
const pointsOf = (events: readonly Told[]) => events.flatMap((e) => (e.type === 'epoch' ? e.point : []))
const notesOf = (events: readonly Told[]): string[] =>
  events.flatMap((e) => (e.type === 'note' && e.message.includes('too long for the memory') ? e.message : []))

const note =
  '2 of 10 training sentences, of 100 to 140 words, are too long for the memory, even alone: training leaves them ' +
  'out. Fewer threads, a frozen encoder or a smaller one leave more room.'

describe('an update with a sentence that does not fit even alone', () => {
  /** Without noise, so that a sentence's place in its batch is of no importance. */
  const job = bertJob({
    model: tinyModel('mtl', { encoder: tinyBert(false) }),
    training: tinyTraining({ batchSize: 5, dropout: 0, wordDropout: 0 }),
  })

  async function stepWith(sentences: readonly LabelledSentence[], times = 1): Promise<[StepResult, Learner]> {
    const { learner } = await startLearner(job, null, job.train)
    onTestFinished(() => (learner.adam.dispose(), learner.model.dispose()))
    for (let done = 1; done < times; done++) await trainStep(learner, sentences)
    return [await trainStep(learner, sentences), learner]
  }

  async function expectSameWeights(found: Learner, expected: Learner): Promise<void> {
    // a key's bias has no gradient but rounding, which Adam makes large
    for (const [name, weight] of [...expected.model.weights].filter(([key]) => !key.endsWith('key.bias')))
      expect(
        relativeError((await found.model.weights.get(name)?.data()) ?? [], await weight.data()),
        name,
      ).toBeLessThan(1e-4)
  }

  it.each([
    ['first', [long(100), ...short.slice(0, 4)]],
    ['in the middle', [...short.slice(0, 2), long(100), ...short.slice(2, 4)]],
    ['last', [...short.slice(0, 4), long(100)]],
  ])('is that of the others where it stands %s', async (_, sentences) => {
    const [expected, byOthers] = await stepWith(short.slice(0, 4), 2)
    const heap = limitHeap(smallHeap)
    onTestFinished(heap.lift)
    const [found, learner] = await stepWith(sentences, 2)
    expect(found.leftOut.map(({ words }) => words.length)).toEqual([100])
    expect(relativeError(Object.values(found.losses), Object.values(expected.losses))).toBeLessThan(1e-5)
    await expectSameWeights(learner, byOthers)
  })

  it('does not try it again', async () => {
    const heap = limitHeap(smallHeap)
    onTestFinished(heap.lift)
    const [, learner] = await stepWith([long(100)])
    const { tooLong } = learner.memory
    const [sentence] = tooLong
    if (!sentence) throw new Error('nothing was left out')
    const refused = heap.refused()
    expect((await trainStep(learner, [sentence as LabelledSentence])).leftOut).toEqual([sentence])
    expect(heap.refused()).toBe(refused)
  })

  it('moves nothing where nothing is left, and leaves no tensor behind', async () => {
    const heap = limitHeap(smallHeap)
    onTestFinished(heap.lift)
    const [, untouched] = await stepWith([])
    const tensors = tf.memory().numTensors
    const { learner } = await startLearner(job, null, job.train)
    const own = tf.memory().numTensors
    const { losses, leftOut } = await trainStep(learner, [long(100)])
    expect(tf.memory().numTensors).toBe(own)
    expect(leftOut).toHaveLength(1)
    expect(losses.total).toBe(0)
    await expectSameWeights(learner, untouched)
    learner.adam.dispose()
    learner.model.dispose()
    expect(tf.memory().numTensors).toBe(tensors)
  })

  it('ends the run where it failed for another reason', async () => {
    const heap = limitHeap({ ...smallHeap, message: 'the device is lost' })
    onTestFinished(heap.lift)
    await expect(stepWith([long(100)])).rejects.toThrow('the device is lost')
  })

  it('ends the run where half of all sentences would be left out', async () => {
    const few = bertJob({ train: [short[0] ?? long(1), long(100), long(140), long(160)] })
    const heap = limitHeap(smallHeap)
    onTestFinished(heap.lift)
    await expect(run(few)).rejects.toThrow(
      'A training sentence of 100 words does not fit into memory, even alone (out of memory), and half of all are at least as long',
    )
  })
})

describe('a sentence that fits alone, but not beside the sums of the others', () => {
  it('is trained on, wherever it stands', async () => {
    const job = bertJob({ model: tinyModel('pmei'), encoder: null })
    const { learner } = await startLearner(job, null, job.train)
    onTestFinished(() => (learner.adam.dispose(), learner.model.dispose()))
    const one = long(60)
    const probe = limitHeap({})
    await trainStep(learner, [one]).finally(probe.lift)
    // less than the sums take
    const heap = limitHeap({ allBytes: probe.peakBytes() + 5_000 })
    const { leftOut, losses } = await trainStep(learner, [...short.slice(0, 2), one]).finally(heap.lift)
    expect(heap.refused()).toBeGreaterThan(0)
    expect(leftOut).toEqual([])
    expect(losses.total).toBeGreaterThan(0)
  })
})

describe('sums of gradients', () => {
  it('are the same where the backend has no room for them', async () => {
    const gradients = () =>
      new Map(
        ['a', 'b'].map((name, at) => [
          name,
          tf.tensor2d([
            [1, 2 + at],
            [3, 4],
          ]),
        ]),
      )
    const before = tf.memory().numTensors
    const sums = startSums()
    await sums.add(gradients())
    const more = gradients()
    const heap = limitHeap({ allBytes: 0 })
    await sums.add(more).finally(heap.lift)
    expect(heap.refused()).toBe(2)
    expect(tf.memory().numTensors).toBe(before)
    await sums.putAside()
    await sums.add(gradients())
    const taken = sums.take()
    expect([...taken].map(([name, sum]) => [name, sum.shape, ...sum.dataSync()])).toEqual([
      ['a', [2, 2], 3, 6, 9, 12],
      ['b', [2, 2], 3, 9, 9, 12],
    ])
    sums.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('a sentence that fits only where every layer is computed again on the way back', () => {
  it('is trained on, with the same loss', async () => {
    const job = bertJob({ training: tinyTraining({ batchSize: 5, dropout: 0, wordDropout: 0 }) })
    const stepOnce = async (allBytes?: number) => {
      const { learner } = await startLearner(job, null, job.train)
      const heap = limitHeap(allBytes === undefined ? {} : { allBytes })
      const result = await trainStep(learner, [long(200)]).finally(heap.lift)
      learner.adam.dispose()
      learner.model.dispose()
      return { ...result, peakBytes: heap.peakBytes(), refused: heap.refused() }
    }
    const whole = await stepOnce()
    const found = await stepOnce(0.7 * whole.peakBytes)
    expect(found.refused).toBeGreaterThan(0)
    expect(found.leftOut).toEqual([])
    expect(relativeError([found.losses.total], [whole.losses.total])).toBeLessThan(1e-5)
  })
})

describe('a run with sentences too long for the memory', () => {
  let whole: TrainingEvent[]

  describe('whose tensors are too large', () => {
    beforeEach(() => {
      const heap = limitHeap(smallHeap)
      onTestFinished(heap.lift)
    })
    const saving = { saveEvery: { steps: 1 } } as const

    it('says once how many it leaves out, and of what length', async () => {
      whole = await run(bertJob(saving))
      expect(notesOf(whole)).toEqual([note])
      expect(lossesOf(whole)).toHaveLength(6)
      const leftOut = { sentences: 2, shortest: 100, longest: 140 }
      expect(pointsOf(whole).map((point) => point.leftOut)).toEqual([leftOut, leftOut, leftOut])
    })

    it('has the mean loss of those it computed', async () => {
      const [point] = pointsOf(whole)
      const [first = 0, second = 0] = lossesOf(whole)
      // four of each five were computed
      expect(point?.losses.total).toBeCloseTo((4 * first + 4 * second) / 8, 5)
    })

    it('goes on after a stop anywhere as if there had been none, and tells it once', async () => {
      const stops = whole.flatMap((event, at) =>
        event.type === 'checkpoint' || (event.type === 'epoch' && event.point.epoch < 3) ? [{ event, at }] : [],
      )
      expect(stops.length).toBeGreaterThan(4)
      for (const { event, at } of stops) {
        const rest = await run(bertJob({ ...saving, resume: event.checkpoint }))
        expect(lossesOf(rest)).toEqual(lossesOf(whole.slice(at)))
        expect([...notesOf(whole.slice(0, at)), ...notesOf(rest)]).toEqual([note])
        expect(pointsOf(rest).map((p) => [p.losses, p.leftOut])).toEqual(
          pointsOf(whole.slice(at + 1)).map((p) => [p.losses, p.leftOut]),
        )
      }
    })
  })

  it('reads them on dev all the same, since reading needs less', async () => {
    const one = long(300)
    const changes = { training: tinyTraining({ epochs: 1, batchSize: 2 }), dev: [one] }
    const peakOf = async (job: TrainingJob): Promise<number> => {
      const heap = limitHeap({})
      await run(job).finally(heap.lift)
      return heap.peakBytes()
    }
    const [reading, training] = [
      await peakOf(bertJob({ ...changes, train: short })),
      await peakOf(bertJob({ ...changes, train: [...short, one] })),
    ]
    expect(training).toBeGreaterThan(1.5 * reading)
    const heap = limitHeap({ allBytes: 1.2 * reading })
    const events = await run(bertJob({ ...changes, train: [...short, one] })).finally(heap.lift)
    expect(notesOf(events).join()).toContain('1 of 9 training sentences, of 300 words, are too long')
    expect(events.at(-1)?.type).toBe('trained')
  })
})

describe('threads that share sentences too long for their memory', () => {
  let host: ComputeHost
  beforeAll(() => void (host = createProcessHost(new URL('../support/small-heap-entry.ts', import.meta.url))))
  afterAll(() => host.close())

  async function runOn(threads: number): Promise<WorkerEvent[]> {
    const job: TrainJob = { kind: 'train', statesFolder: null, backend: 'wasm', threads, ...bertJob() }
    const events: WorkerEvent[] = []
    for await (const event of host.run(job).events) events.push(event)
    return events
  }

  it('leave them out as one does', async () => {
    const [one, two] = [await runOn(1), await runOn(2)]
    expect(notesOf(one)).toEqual([note])
    expect(notesOf(two)).toEqual([note])
    expect(lossesOf(two)).toHaveLength(6)
    expect(relativeError(lossesOf(two), lossesOf(one))).toBeLessThan(1e-5)
    expect(pointsOf(two).map(({ leftOut }) => leftOut)).toEqual(pointsOf(one).map(({ leftOut }) => leftOut))
    const [expected, found] = [one, two].map((events) => {
      const last = events.findLast((event) => event.type === 'epoch')
      return parseCheckpoint(last?.checkpoint ?? {}).weights
    })
    for (const [name, { values }] of expected ?? [])
      expect(relativeError(found?.get(name)?.values ?? [], values), name).toBeLessThan(1e-3)
  })
})
