/** Several threads on one job: the same mathematics as one thread, in real threads on WebAssembly. */
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { isBackendFailure } from '#main/backends/backend-failure'
import { parseCheckpoint } from '#main/models/checkpoint'
import { createProcessHost } from '#main/compute/host'
import { defaultThreads, planPool, toSharedJob } from '#main/worker/pool-plan'
import type {
  CheckpointBytes,
  ComputeHost,
  PredictBatch,
  PredictJob,
  TrainJob,
  WorkerEvent,
} from '#main/compute/messages'
import { threadsWorth } from '#main/worker/threads-worth'
import { openThreadPool } from '#main/worker/thread-pool'
import { tinyBert } from '../support/bert-folder.ts'
import { relativeError } from '../support/golden.ts'
import { defaultLstm } from '#main/runs/config'
import { tinyJob, tinyModel, tinySentences, tinyTraining } from '../support/tiny-training.ts'

const sentences = tinySentences(24)

/** Two updates per epoch, batches of sentences of different lengths. */
function trainJob(threads: number, changes: Partial<TrainJob> = {}): TrainJob {
  const job = tinyJob({ train: sentences.slice(0, 16), dev: sentences.slice(16) })
  const training = tinyTraining({ epochs: 5, batchSize: 8 })
  return { kind: 'train', statesFolder: null, backend: 'wasm', threads, ...job, training, ...changes }
}

let host: ComputeHost
beforeAll(() => void (host = createProcessHost()))
afterAll(() => host.close())

async function run(job: TrainJob): Promise<WorkerEvent[]> {
  const events: WorkerEvent[] = []
  for await (const event of host.run(job).events) events.push(event)
  return events
}

const lossesOf = (events: readonly WorkerEvent[]): number[] =>
  events.flatMap((event) => (event.type === 'step' ? [event.loss] : []))

const deviceOf = (events: readonly WorkerEvent[]): string =>
  events.flatMap((event) => (event.type === 'device' ? [event.device] : [])).join()

function checkpointsOf(events: readonly WorkerEvent[]): CheckpointBytes[] {
  return events.flatMap((event) => (event.type === 'epoch' ? [event.checkpoint] : []))
}

const predictionsOf = (events: readonly WorkerEvent[]) =>
  events.flatMap((event) => (event.type === 'predictions' ? event.predictions.predictions : []))

let byOne: WorkerEvent[]
let byTwo: WorkerEvent[]
beforeAll(async () => {
  byOne = await run(trainJob(1))
  byTwo = await run(trainJob(2))
})

describe('a training job on several threads', () => {
  it('says on how many', () => {
    expect(deviceOf(byOne)).toMatch(/, 1 thread$/)
    expect(deviceOf(byTwo)).toMatch(/, 2 threads$/)
  })

  it.each([2, 3])('has the losses and weights of one thread with %i', async (threads) => {
    const events = threads === 2 ? byTwo : await run(trainJob(threads))
    expect(lossesOf(events)).toHaveLength(10)
    expect(relativeError(lossesOf(events), lossesOf(byOne))).toBeLessThan(1e-5)
    const [expected, found] = [byOne, events].map((all) => parseCheckpoint(checkpointsOf(all)[0] ?? {}).weights)
    for (const [name, { values }] of expected ?? [])
      expect(relativeError(found?.get(name)?.values ?? [], values), name).toBeLessThan(1e-3)
  })

  it('has the same bits whenever it is repeated', async () => {
    const again = await run(trainJob(2))
    expect(lossesOf(again)).toEqual(lossesOf(byTwo))
    expect(checkpointsOf(again).at(-1)?.['weights.safetensors']).toEqual(
      checkpointsOf(byTwo).at(-1)?.['weights.safetensors'],
    )
  })

  it('resumes as if it had never stopped', async () => {
    const resumed = await run(trainJob(2, { resume: checkpointsOf(byTwo)[1] ?? {} }))
    expect(lossesOf(resumed)).toEqual(lossesOf(byTwo).slice(4))
    expect(checkpointsOf(resumed).at(-1)?.['weights.safetensors']).toEqual(
      checkpointsOf(byTwo).at(-1)?.['weights.safetensors'],
    )
  })

  it('does so also with fewer sentences than threads', async () => {
    const changes = { train: sentences.slice(0, 6), training: tinyTraining({ epochs: 1, batchSize: 4 }) }
    const [one, four] = [await run(trainJob(1, changes)), await run(trainJob(4, changes))]
    expect(relativeError(lossesOf(four), lossesOf(one))).toBeLessThan(1e-5)
  })

  it('stops when it is cancelled', async () => {
    const handle = host.run(trainJob(2, { training: tinyTraining({ epochs: 10_000, patience: 10_000 }) }))
    const types: string[] = []
    for await (const event of handle.events) {
      types.push(event.type)
      if (event.type === 'epoch') handle.cancel()
    }
    expect(types).toContain('epoch')
    expect(types).not.toContain('trained')
  })

  it('fails for its own reasons as on one thread', async () => {
    await expect(run(trainJob(2, { train: [] }))).rejects.toThrow('The train split has no sentences')
    const wild = trainJob(2, { training: tinyTraining({ learningRate: 1e30, epochs: 20 }) })
    const failure: unknown = await run(wild).catch((error: unknown) => error)
    expect(failure).toMatchObject({ message: expect.stringContaining('The loss stopped being a number') as string })
    expect(isBackendFailure(failure)).toBe(false)
  })
})

describe('reading on several threads', () => {
  const texts = Array.from({ length: 700 }, (_, at) => ({
    words: [...(sentences[at % 24]?.words ?? []), ...(sentences[(at * 7) % 24]?.words.slice(0, at % 5) ?? [])],
  }))
  const predictJob = (threads: number): PredictJob => ({
    ...{ kind: 'predict', backend: 'wasm', threads, threshold: null, encoder: null },
    checkpoint: checkpointsOf(byOne).at(-1) ?? {},
  })
  /** What a job answers to batches that are sent at once. */
  const predict = async (threads: number, batches: readonly Partial<PredictBatch>[]): Promise<WorkerEvent[]> => {
    const handle = host.run(predictJob(threads))
    for (const batch of batches) handle.send({ type: 'predict', batch: { sentences: texts, newWords: null, ...batch } })
    handle.send({ type: 'end' })
    const events: WorkerEvent[] = []
    for await (const event of handle.events) events.push(event)
    return events
  }

  it('gives exactly the predictions of one thread, in order', async () => {
    const [one, two] = [await predict(1, [{}, {}, {}]), await predict(2, [{}, {}, {}])]
    expect(deviceOf(one)).not.toContain('threads')
    expect(deviceOf(two)).toMatch(/, 2 threads$/)
    expect(predictionsOf(two)).toHaveLength(2100)
    expect(predictionsOf(two)).toEqual(predictionsOf(one))
  })

  it('knows further words on every thread, of those too that start later, until they are let go', async () => {
    const word = (words: string[]) => words.map((each, at) => (at === 0 ? 'Unheard' : each))
    const unheard = texts.map(({ words }) => ({ words: word(words) }))
    const width = 8
    const newWords = { dimension: width, words: ['unheard'], values: new Float32Array(width).fill(2) }
    const batches = [
      { sentences: unheard.slice(0, 20), newWords },
      { sentences: unheard },
      { sentences: unheard, newWords: { ...newWords, words: ['other'] } },
    ]
    const [one, three] = [await predict(1, batches), await predict(3, batches)]
    expect(predictionsOf(three)).toEqual(predictionsOf(one))
    expect(predictionsOf(one).slice(0, 20)).toEqual(predictionsOf(one).slice(20, 40))
    const without = await predict(1, [{ sentences: unheard.slice(0, 20) }])
    expect(predictionsOf(without)).not.toEqual(predictionsOf(one).slice(0, 20))
    const forgotten = await predict(1, [
      { sentences: [], newWords },
      { sentences: unheard.slice(0, 20), forgetsWords: true },
    ])
    expect(predictionsOf(forgotten)).toEqual(predictionsOf(without))
  })

  it('draws each batch by its own seed', async () => {
    const drawn = await predict(1, [{}, { sampleSeed: 3 }, { sampleSeed: 4 }, { sampleSeed: 3 }])
    const [own, three, four, again] = [0, 1, 2, 3].map((at) => predictionsOf(drawn).slice(700 * at, 700 * (at + 1)))
    expect(again).toEqual(three)
    expect(four).not.toEqual(three)
    expect([three, four]).not.toEqual([own, own]) // a model that learnt so little may draw what its mean says
  })

  it('stops in the middle when it is cancelled', async () => {
    const handle = host.run(predictJob(2))
    const sentences = Array.from({ length: 20 }, () => texts).flat()
    handle.send({ type: 'predict', batch: { sentences, newWords: null } })
    let windows = 0
    for await (const event of handle.events)
      if (event.type === 'predictions') {
        windows++
        handle.cancel()
      }
    expect(windows).toBeLessThan(20)
  })

  it('starts threads in the measure of the sentences that it is asked for', () => {
    expect([300, 511, 512, 1023, 1024, 4096].map(threadsWorth)).toEqual([1, 1, 2, 2, 4, 16])
    expect(planPool(predictJob(8), 'wasm')?.size).toBe(8)
  })
})

describe('a helper thread that breaks down', () => {
  const entry = (name: string): URL => new URL(`../support/${name}.ts`, import.meta.url)

  it('in the middle of an epoch fails the job as the backend does, and nothing hangs', async () => {
    const fragile = createProcessHost(entry('fragile-pool-entry'))
    onTestFinished(() => fragile.close())
    const events: WorkerEvent[] = []
    const training = async () => {
      for await (const event of fragile.run(trainJob(3)).events) events.push(event)
    }
    const failure: unknown = await training().catch((error: unknown) => error)
    expect(failure).toMatchObject({
      message: 'A helper thread stopped in the middle of its work (exit code 5).',
    })
    expect(isBackendFailure(failure)).toBe(true)
    expect(lossesOf(events)).toEqual(lossesOf(await run(trainJob(3))).slice(0, 3))
  })

  it('before it has started is done without, with a remark', async () => {
    const job = toSharedJob(trainJob(3), 'wasm')
    const pool = await openThreadPool(job, { size: 3, remark: null }, entry('no-helper-entry'))
    expect(pool).toMatchObject({
      size: 1,
      remark: 'more could not start: A helper thread stopped in the middle of its work (no luck today).',
    })
  })
})

describe('the number of threads', () => {
  it('is that of the cores by default, at most 16, and one fewer where priorities do not help', () => {
    expect(defaultThreads(2, 'linux')).toBe(2)
    expect(defaultThreads(8, 'linux')).toBe(8)
    expect(defaultThreads(8, 'win32')).toBe(7)
    expect(defaultThreads(2, 'darwin')).toBe(2)
    expect(defaultThreads(64, 'linux')).toBe(16)
  })

  it('is by default one where the sentences and the model are small', () => {
    expect(planPool(trainJob(0), 'wasm')?.size).toBe(1)
    const large = tinyModel('pmei', { encoder: defaultLstm })
    const changes = { model: large, training: tinyTraining({ batchSize: 50 }) }
    expect(planPool(trainJob(0, changes), 'wasm')?.size).toBe(defaultThreads())
  })

  it('is by default one for a trained BERT that is not tiny, and as many as were asked for', () => {
    const small = { vocabulary: 30522, width: 256, layers: 4, heads: 4, inner: 1024, positions: 512, types: 2 }
    const planned = (layers: number, isFrozen: boolean, threads: number) => {
      const encoder = { ...tinyBert(isFrozen), sizes: { ...small, layers, epsilon: 1e-12 } }
      const model = tinyModel('pmei', { encoder })
      const training = tinyTraining({ batchSize: 50 })
      return planPool(trainJob(threads, { model, training }), 'wasm', 64e9)?.size
    }
    expect(planned(4, false, 0)).toBe(1)
    expect(planned(4, false, 3)).toBe(3)
    for (const threads of [planned(4, true, 0), planned(1, false, 0)]) expect(threads).toBe(defaultThreads())
  })

  it('is left to backends with threads of their own', () => {
    for (const backend of ['tensorflow', 'webgpu']) expect(planPool(trainJob(4), backend)).toBeNull()
    expect(planPool(trainJob(4), 'plain')).toEqual({ size: 4, remark: null })
  })

  it('is smaller where the replicas would take more than half of the memory', () => {
    expect(planPool(trainJob(4), 'wasm', 2e9)).toEqual({
      size: 3,
      remark: '4 would need more than half of the memory',
    })
    expect(planPool(trainJob(4), 'wasm', 1e6)?.size).toBe(1)
    const encoder = { 'model.safetensors': new Uint8Array(100e6) }
    expect(planPool({ ...trainJob(4), encoder }, 'wasm', 2e9)?.size).toBe(1)
  })

  it('is one without shared memory, and the device says so', async () => {
    const bare = createProcessHost(new URL('../support/no-shared-memory-entry.ts', import.meta.url))
    onTestFinished(() => bare.close())
    const events: WorkerEvent[] = []
    for await (const event of bare.run(trainJob(2)).events) events.push(event)
    expect(deviceOf(events)).toMatch(/, 1 thread \(more would need shared memory, which is missing\)$/)
    expect(lossesOf(events)).toEqual(lossesOf(byOne))
  })
})
