import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { isBackendFailure } from '#main/backends/backend-failure'
import { startBackend } from '#main/backends/ladder'
import { loadModel, parseCheckpoint } from '#main/models/checkpoint'
import { predictSentences } from '#main/extraction/predict'
import type { SentenceWords } from '#main/document/labelled-sentence'
import { createProcessHost } from '#main/compute/host'
import { forkProcess } from '#main/compute/job-process'
import { createLastWords } from '#main/compute/last-words'
import type { CheckpointBytes, ComputeHost, JobHandle, PredictJob, TrainJob, WorkerEvent } from '#main/compute/messages'
import { tinyJob, tinySentences, tinyTraining } from '../support/tiny-training.ts'
import { predictOnce } from '../support/predicted.ts'
import { unpacked } from '../support/unpacked.ts'

const device = { backend: 'wasm', threads: 1 } as const

function trainJob(changes: Partial<TrainJob> = {}): TrainJob {
  return { kind: 'train', statesFolder: null, ...device, ...tinyJob(), ...changes }
}

function predictJob(checkpoint: CheckpointBytes): PredictJob {
  return { kind: 'predict', encoder: null, ...device, checkpoint, threshold: null }
}

const predict = (by: ComputeHost, checkpoint: CheckpointBytes, sentences: readonly SentenceWords[]): JobHandle =>
  predictOnce(by, predictJob(checkpoint), { sentences })

async function collect({ events }: JobHandle): Promise<WorkerEvent[]> {
  const all: WorkerEvent[] = []
  for await (const event of events) all.push(event)
  return all
}

function checkpointOf(events: readonly WorkerEvent[]): CheckpointBytes {
  return events.findLast((event) => event.type === 'epoch')?.checkpoint ?? {}
}

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0)
  } catch {
    return false
  }
}

let host: ComputeHost
let trained: WorkerEvent[]

beforeAll(async () => {
  host = createProcessHost()
  trained = await collect(host.run(trainJob()))
})
afterAll(() => host.close())

describe('the compute worker', () => {
  it('names the device, then trains, and ends when it is done', () => {
    const types = trained.map(({ type }) => type)
    expect(trained[0]).toEqual({
      type: 'device',
      device: expect.stringMatching(/^WebAssembly, .*, 1 thread$/) as string,
    })
    expect(types.filter((type) => type === 'epoch')).toHaveLength(3)
    expect(types.at(-1)).toBe('trained')
    const points = trained.flatMap((event) => (event.type === 'epoch' ? [event.point] : []))
    expect(points.every(({ memoryMb }) => memoryMb > 10)).toBe(true)
    expect(parseCheckpoint(checkpointOf(trained)).points).toEqual(points)
  })

  it('tells the memory of its process, not of the program that started it', async () => {
    const large = Buffer.alloc(900e6, 1) // every page of it is there
    const events = await collect(host.run(trainJob({ training: tinyTraining({ epochs: 1 }) })))
    const [memoryMb = 0] = events.flatMap((event) => (event.type === 'epoch' ? [event.point.memoryMb] : []))
    expect(process.memoryUsage.rss() / 1e6).toBeGreaterThan(large.length / 1e6)
    expect(memoryMb).toBeGreaterThan(50)
    expect(memoryMb).toBeLessThan(600)
  })

  it('reads sentences with a checkpoint as this thread does, in pieces and in order', async () => {
    const checkpoint = checkpointOf(trained)
    const sentences = Array.from({ length: 300 }, (_, index) => ({
      words: tinySentences(24)[index % 24]?.words ?? [],
    }))
    const events = await collect(predict(host, checkpoint, sentences))
    const pieces = events.flatMap((event) => (event.type === 'predictions' ? [event] : []))
    expect(pieces.map(({ from }) => from)).toEqual([0, 256])
    await startBackend('wasm', 1)
    const parsed = parseCheckpoint(checkpoint)
    const model = await loadModel(parsed)
    onTestFinished(() => model.dispose())
    const read = await Promise.all(pieces.map(({ predictions }) => unpacked(predictions)))
    expect(read.flat()).toEqual(await predictSentences(model, parsed.vocabulary, sentences, { threshold: 0.5 }))
  })

  it('reads with the checkpoint it is given, whatever it read with before', async () => {
    const checkpoints = trained.flatMap((event) => (event.type === 'epoch' ? [event.checkpoint] : []))
    const [first = {}, second = {}] = checkpoints
    const read = async (checkpoint: CheckpointBytes) =>
      (await collect(predict(host, checkpoint, [{ words: ['Ada', 'lives', 'in', 'Lorn'] }]))).filter(
        ({ type }) => type === 'predictions',
      )
    const expected = await read(first)
    expect(await read(first)).toEqual(expected)
    expect(await read(second)).not.toEqual(expected)
    expect(await read({ ...first })).toEqual(expected)
  })

  it('takes the threshold it is given', async () => {
    const job = { ...predictJob(checkpointOf(trained)), threshold: 0.9 }
    const events = await collect(predictOnce(host, job, { sentences: [{ words: ['Ada', 'lives'] }] }))
    expect(
      events.flatMap((event) => (event.type === 'predictions' ? event.predictions.predictions : [])),
    ).toMatchObject([{ threshold: 0.9 }])
  })

  it('tells which backends there are', async () => {
    const [probed] = await collect(host.run({ kind: 'probe' }))
    expect(probed).toMatchObject({ type: 'probed' })
  })

  it('stops a training job when it is cancelled, after what it was doing', async () => {
    const handle = host.run(trainJob({ training: tinyTraining({ epochs: 10_000, patience: 10_000 }) }))
    const types: string[] = []
    for await (const event of handle.events) {
      types.push(event.type)
      if (event.type === 'epoch') handle.cancel()
    }
    expect(types).toContain('epoch')
    expect(types).not.toContain('trained')
  })

  it('stops a job whose reader leaves, and takes the next', async () => {
    for await (const event of host.run(trainJob({ training: tinyTraining({ epochs: 10_000 }) })).events)
      if (event.type === 'step') break
    expect((await collect(host.run({ kind: 'probe' }))).map(({ type }) => type)).toEqual(['probed'])
  })

  it('stops a prediction that takes its time over a sentence, by ending its process', async () => {
    const busy = createProcessHost(new URL('../support/never-answering-entry.ts', import.meta.url))
    onTestFinished(() => busy.close())
    const handle = predict(busy, {}, [{ words: ['Ada'] }])
    let processId = 0
    const types: string[] = []
    for await (const event of handle.events) {
      types.push(event.type)
      if (event.type !== 'device') continue
      processId = Number(event.device)
      handle.cancel()
    }
    expect(types).toEqual(['device'])
    await expect.poll(() => isRunning(processId)).toBe(false)
  })

  it('keeps the process of a prediction that stops by itself', async () => {
    const sentences = Array.from({ length: 2000 }, () => ({ words: ['Ada', 'lives'] }))
    const own = createProcessHost()
    onTestFinished(() => own.close())
    const handle = predict(own, checkpointOf(trained), sentences)
    let windows = 0
    for await (const event of handle.events)
      if (event.type === 'predictions') {
        windows++
        handle.cancel()
      }
    expect(windows).toBeLessThan(8)
    expect((await collect(predict(own, checkpointOf(trained), [{ words: ['Ada'] }]))).at(-1)?.type).toBe('predictions')
  })

  it('is there before the first prediction is asked, where it is started ahead', async () => {
    let started = 0
    const own = createProcessHost(undefined, (entry, listener) => {
      started++
      return forkProcess(entry, listener)
    })
    onTestFinished(() => own.close())
    own.startAhead()
    own.startAhead()
    expect(started).toBe(1)
    const found = await collect(predict(own, checkpointOf(trained), [{ words: ['Ada'] }]))
    expect(found.at(-1)?.type).toBe('predictions')
    expect(started).toBe(1)
  })

  it('works on several jobs at once', async () => {
    const jobs = [0, 1].map(() => collect(predict(host, checkpointOf(trained), [{ words: ['Ada'] }])))
    expect((await Promise.all(jobs)).map((events) => events.map(({ type }) => type))).toEqual([
      ['device', 'predictions'],
      ['device', 'predictions'],
    ])
  })

  it('says why a job failed, and takes the next', async () => {
    await expect(collect(host.run(trainJob({ train: [] })))).rejects.toThrow('The train split has no sentences')
    await expect(collect(predict(host, {}, [{ words: ['Ada'] }]))).rejects.toThrow('The checkpoint has no config.json')
    expect(await collect(host.run({ kind: 'probe' }))).toHaveLength(1)
  })
})

describe('the last words of a process', () => {
  const reasonAfter = (...chunks: string[]): string => {
    const lastWords = createLastWords()
    for (const chunk of chunks) lastWords.hear(Buffer.from(chunk))
    return lastWords.addTo('SIGTRAP')
  }

  it('are what V8 or Node says of its end', () => {
    const check =
      '#\n# Fatal error in , line 0\n# Check failed: jit_page.has_value().\n#\n#FailureMessage Object: 0x7f\n'
    expect(reasonAfter(check, '----- Native stack trace -----\n')).toBe('SIGTRAP: Check failed: jit_page.has_value().')
    expect(reasonAfter('\nFATAL ERROR: Reached heap ', 'limit - out of memory\n 1: 0x1')).toBe(
      'SIGTRAP: FATAL ERROR: Reached heap limit - out of memory',
    )
    expect(reasonAfter('file.ts:3\n  x.y()\n  ^\n\nTypeError: x is not a function\n    at file.ts:3')).toBe(
      'SIGTRAP: TypeError: x is not a function',
    )
  })

  it('are left out where it only chatted', () => {
    expect(reasonAfter('(node:1) ExperimentalWarning: this may change\n', '# \nHi\n')).toBe('SIGTRAP')
    expect(reasonAfter()).toBe('SIGTRAP')
  })
})

describe('a compute worker that breaks down', () => {
  it.each([
    // Node says 7 where the error comes while it still loads modules
    ['crash', /^The compute process stopped in the middle of its work \(exit code [17]: Error: out of luck\)\.$/],
    ['exit', 'The compute process stopped in the middle of its work (exit code 3).'],
    ['kill', 'The compute process stopped in the middle of its work (SIGTRAP).'],
  ])('on "%s" fails its job with a plain sentence, and the next job gets a new one', async (word, message) => {
    const fragile = createProcessHost(new URL('../support/crashing-entry.ts', import.meta.url))
    onTestFinished(() => fragile.close())
    const checkpoint = checkpointOf(trained)
    await expect(collect(predict(fragile, checkpoint, [{ words: [word] }]))).rejects.toThrow(message)
    expect((await collect(predict(fragile, checkpoint, [{ words: ['Ada'] }]))).at(-1)).toMatchObject({
      type: 'predictions',
    })
  })

  it('fails a job for good when the host is closed under it: what has no backend to blame is begun nowhere else', async () => {
    const closing = createProcessHost()
    const job = closing.run(trainJob({ training: tinyTraining({ epochs: 10_000, patience: 10_000 }) }))
    const following = collect(job).catch((error: unknown) => error)
    for await (const { type } of predict(closing, checkpointOf(trained), [{ words: ['Ada'] }]).events)
      expect(['device', 'predictions']).toContain(type)
    await closing.close()
    const failure: unknown = await following
    expect(failure).toMatchObject({ message: 'The work was left when the program closed.' })
    expect(isBackendFailure(failure)).toBe(false)
  })

  it('is replaced also after the host was closed', async () => {
    const fragile = createProcessHost()
    onTestFinished(() => fragile.close())
    await collect(fragile.run({ kind: 'probe' }))
    await fragile.close()
    expect(await collect(fragile.run({ kind: 'probe' }))).toHaveLength(1)
  })
})
