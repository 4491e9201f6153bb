/** A session predicts batch after batch in one compute process, which is replaced when it dies. */
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createProcessHost } from '#main/compute/host'
import { forkProcess } from '#main/compute/job-process'
import type { CheckpointBytes, ComputeHost, WorkerRequest } from '#main/compute/messages'
import type { FindVectors, ModelSource } from '#main/services/runs/model-source'
import { createNewWords } from '#main/services/runs/new-words'
import { createWarmSession } from '#main/services/runs/warm-session'
import { openSession, type PredictionSession } from '#main/services/runs/prediction-session'
import { temporaryFolder } from '../../support/services.ts'
import { tinyJob, tinySentences } from '../../support/tiny-training.ts'

let trainer: ComputeHost
let checkpoint: CheckpointBytes = {}

beforeAll(async () => {
  trainer = createProcessHost()
  const job = { kind: 'train', statesFolder: null, backend: 'wasm', threads: 1, ...tinyJob() } as const
  for await (const event of trainer.run(job).events) if (event.type === 'epoch') checkpoint = event.checkpoint
})
afterAll(() => trainer.close())

const sentences = Array.from({ length: 60 }, (_, at) => ({ words: tinySentences(24)[at % 24]?.words ?? [] }))

/** A session, the requests that its processes got, one list for each process, and what it told. */
function opened(unseen: FindVectors | null = null, entry?: string) {
  const processes: WorkerRequest[][] = []
  const told: string[] = []
  const host = createProcessHost(
    entry ? new URL(`../../support/${entry}.ts`, import.meta.url) : undefined,
    (...start) => {
      const requests: WorkerRequest[] = []
      processes.push(requests)
      const started = forkProcess(...start)
      return {
        ...started,
        post(request) {
          requests.push(request)
          started.post(request)
        },
      }
    },
  )
  onTestFinished(() => host.close())
  const ladder = { of: async () => [{ backend: 'wasm', passedOver: '' } as const], distrust: () => undefined }
  const source: ModelSource = { backend: 'wasm', threads: 1, checkpoint, encoder: null, unseen, thresholds: null }
  const session = openSession(source, { compute: host, ladder, tell: (message) => told.push(message) })
  return { session, processes, told, types: () => processes.map((requests) => requests.map(({ type }) => type)) }
}

const weights = (runId: string, bestEpoch = 3) => ({ runId, bestEpoch, epoch: 5 })

describe('the session that is kept open', () => {
  it('is one for the sentences of a run that are opened one after the other, until another run or other weights are asked', async () => {
    const all: ReturnType<typeof opened>[] = []
    const warm = createWarmSession(async () => {
      const one = opened()
      all.push(one)
      return one.session
    })
    for (let at = 0; at < 3; at++)
      expect(await (await warm.take(weights('mtl'))).predict(sentences.slice(at, at + 1))).toHaveLength(1)
    expect(all.map(({ types }) => types())).toEqual([[['start', 'predict', 'predict', 'predict']]])
    await warm.take(weights('mtl', 4))
    await warm.take(weights('pmei'))
    await vi.waitFor(() => expect(all[0]?.types()[0]?.at(-1)).toBe('end'))
    expect(all).toHaveLength(3)
    warm.close()
  })

  it('is closed when nobody asks for a while, and opened anew after that or after a failure', async () => {
    let [openings, closings] = [0, 0]
    const warm = createWarmSession<ReturnType<typeof weights>>(async ({ runId }) => {
      openings++
      if (runId === 'gone') throw new Error('The weights are gone.')
      return { ...opened().session, close: () => void closings++ }
    }, 10)
    await warm.take(weights('mtl'))
    await vi.waitFor(() => expect(closings).toBe(1))
    await warm.take(weights('mtl'))
    await expect(warm.take(weights('gone'))).rejects.toThrow('The weights are gone.')
    await expect(warm.take(weights('gone'))).rejects.toThrow('The weights are gone.')
    expect([openings, closings]).toEqual([4, 2])
    warm.close()
  })
})

const alone = (session: PredictionSession) => session.predict(sentences)

describe('a prediction session', () => {
  it('starts one process and loads the checkpoint once for all batches', async () => {
    const { session, types } = opened()
    const first = await alone(session)
    for (let batch = 0; batch < 5; batch++) expect(await session.predict(sentences)).toEqual(first)
    session.close()
    expect(types()).toEqual([['start', ...Array<string>(6).fill('predict'), 'end']])
  })

  it('answers calls that overlap in their order, and tells each of its own progress', async () => {
    const { session, processes } = opened()
    const expected = await alone(session)
    const order: string[] = []
    const ask = async (name: string, from: number) => {
      const done: number[] = []
      const found = await session.predict(sentences.slice(from), { progress: (count) => done.push(count) })
      order.push(name)
      expect(found).toEqual(expected.slice(from))
      expect(done.at(-1)).toBe(found.length)
    }
    await Promise.all([ask('a', 0), ask('b', 7), ask('c', 30)])
    expect(order).toEqual(['a', 'b', 'c'])
    expect(processes).toHaveLength(1)
  })

  it('goes on in another process where one dies, tells it once, and loses no batch', async () => {
    vi.stubEnv('ESPALIER_CRASHED_ONCE', path.join(temporaryFolder(), 'crashed'))
    onTestFinished(() => void vi.unstubAllEnvs())
    const { session, processes, told } = opened(null, 'crashing-once-entry')
    const expected = await opened().session.predict(sentences)
    const dies = [{ words: ['exit-once'] }, ...sentences]
    const answers = await Promise.all([session.predict(sentences), session.predict(dies), session.predict(sentences)])
    expect(answers.map((found) => found.slice(-60))).toEqual([expected, expected, expected])
    expect(processes).toHaveLength(2)
    expect(told).toEqual([
      'The compute process stopped in the middle of its work (exit code 3). Reading goes on in another one.',
    ])
  })

  it('fails with one clear error where a batch ends every process, and predicts the next all the same', async () => {
    const { session, processes } = opened(null, 'crashing-entry')
    await expect(session.predict([{ words: ['exit'] }])).rejects.toThrow(
      'The compute process stopped in the middle of its work (exit code 3).',
    )
    expect(processes).toHaveLength(2)
    expect(await session.predict(sentences)).toHaveLength(60)
  })

  it('is cancelled with its signal, and can be used further', async () => {
    const { session } = opened()
    const expected = await alone(session)
    const stop = new AbortController()
    const progress = (): void => stop.abort()
    const many = Array.from({ length: 50 }, () => sentences).flat()
    await expect(session.predict(many, { signal: stop.signal, progress })).rejects.toThrow('was cancelled')
    expect(await session.predict(sentences)).toEqual(expected)
    await expect(session.predict(sentences, { signal: stop.signal })).rejects.toThrow('was cancelled')
  })

  it('keeps no program alive while it has nothing to predict', async () => {
    const { session } = opened()
    const held = () => process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap').length
    await expect.poll(held).toBe(0) // the process that trained has ended
    const predicting = alone(session)
    await expect.poll(held, { interval: 1 }).toBe(1)
    await predicting
    expect(held()).toBe(0)
  })
})

describe('words that the checkpoint does not know', () => {
  const sentenceOf = (...words: string[]) => ({ words })

  it('are looked up once while the session lasts', async () => {
    const asked: string[][] = []
    const find: FindVectors = async (words) => {
      asked.push([...words])
      const found = [...words].filter((word) => word !== 'nowhere')
      return { dimension: 8, words: found, values: new Float32Array(8 * found.length).fill(1) }
    }
    const { session, processes } = opened(find)
    await session.predict([sentenceOf('Unheard', 'nowhere')])
    await session.predict([sentenceOf('unheard', 'Nowhere', 'other')])
    await session.predict([sentenceOf('other', 'nowhere')])
    expect(asked).toEqual([['unheard', 'nowhere'], ['other']])
    const sent = processes.flat().flatMap((request) => (request.type === 'predict' ? [request.batch.newWords] : []))
    expect(sent.map((vectors) => vectors?.words ?? null)).toEqual([['unheard'], ['other'], null])
  })

  it('are let go when they become too many, and looked up again', async () => {
    const asked: string[][] = []
    const source: ModelSource = {
      ...{ backend: 'wasm', threads: 1, checkpoint, encoder: null, thresholds: null },
      async unseen(words) {
        asked.push([...words])
        return null
      },
    }
    const words = createNewWords(source, 3)
    expect(await words.of([sentenceOf('a1', 'a2')])).toMatchObject({ forgetsWords: false })
    expect(await words.of([sentenceOf('a3')])).toMatchObject({ forgetsWords: false })
    expect(await words.of([sentenceOf('a1', 'a4')])).toMatchObject({ forgetsWords: true })
    expect(asked).toEqual([['a1', 'a2'], ['a3'], ['a1', 'a4']])
  })
})
