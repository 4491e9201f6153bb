/** Runs on a BERT, trained with the rest or frozen: every variant, resumed, reread, and longer than its window. */
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { predictSentences, predictionOptions } from '#main/extraction/predict'
import { loadModel, parseCheckpoint } from '#main/models/checkpoint'
import { lexiconOf } from '#main/models/encoders/lexicon'
import { readBertFolder } from '#main/pretrained/bert-folder'
import type { Task } from '#main/runs/variant'
import { variantNames, variants, type VariantName } from '#main/runs/variants'
import { keepInMemory, type StateStore } from '#main/training/frozen-states'
import type { TrainingEvent, TrainingJob } from '#main/training/job'
import { train } from '#main/training/train'
import { bertFiles, tinyBert } from '../support/bert-folder.ts'
import { relativeError } from '../support/golden.ts'
import { useBackend } from '../support/tensor-backends.ts'
import { tinyJob, tinyModel, tinySentences, tinyTraining } from '../support/tiny-training.ts'

beforeAll(() => useBackend('wasm'))

function bertJob(variant: VariantName, isFrozen: boolean, changes: Partial<TrainingJob> = {}): TrainingJob {
  const sentences = tinySentences(6)
  return tinyJob({
    model: tinyModel(variant, { encoder: tinyBert(isFrozen) }),
    training: tinyTraining({ epochs: 2, batchSize: 3, learningRate: 0.01, dropout: 0.1 }),
    ...{ train: sentences, dev: sentences, encoder: bertFiles },
    ...changes,
  })
}

async function run(job: TrainingJob, states?: StateStore): Promise<TrainingEvent[]> {
  const events: TrainingEvent[] = []
  const meter = { peakMemoryMb: () => 0 }
  for await (const event of train(job, new AbortController().signal, meter, undefined, states)) events.push(event)
  return events
}

type Epoch = Extract<TrainingEvent, { type: 'epoch' }>
const epochsOf = (events: readonly TrainingEvent[]): Epoch[] => events.filter((event) => event.type === 'epoch')
const lossesOf = (events: readonly TrainingEvent[]): number[] =>
  events.flatMap((event) => (event.type === 'step' ? event.loss : []))

describe.each([false, true])('a BERT that is frozen: %s', (isFrozen) => {
  it.each(variantNames)('carries %s, whose loss falls', async (variant) => {
    const training = tinyTraining({ epochs: 20, batchSize: 6, learningRate: 0.02, dropout: 0 })
    const losses = lossesOf(await run(bertJob(variant, isFrozen, { training })))
    expect(losses).toHaveLength(20)
    expect(losses.at(-1)).toBeLessThan(0.8 * (losses[0] ?? 0))
  })

  it('goes on after a stop as if there had been none', async () => {
    const whole = await run(bertJob('pmei', isFrozen, { training: tinyTraining({ epochs: 4, batchSize: 3 }) }))
    const resume = epochsOf(whole)[1]?.checkpoint ?? null
    const rest = await run(bertJob('pmei', isFrozen, { training: tinyTraining({ epochs: 4, batchSize: 3 }), resume }))
    expect(relativeError(lossesOf(rest), lossesOf(whole).slice(-lossesOf(rest).length))).toBeLessThan(1e-6)
  })

  it('is read from its checkpoint as it was trained, without the folder unless it is frozen', async () => {
    const [last] = epochsOf(await run(bertJob('pmei', isFrozen))).slice(-1)
    const checkpoint = parseCheckpoint(last?.checkpoint ?? {})
    expect(checkpoint.weights.has('bert.embeddings.word_embeddings.weight')).toBe(!isFrozen)
    const bert = isFrozen ? readBertFolder(bertFiles).weights : undefined
    const model = await loadModel(checkpoint, { bert })
    const long = Array.from({ length: 90 }, (_, at) => ['Marie', 'founded', 'Orbix', '.'][at % 4] ?? '')
    const read = (sentences: string[][]) =>
      predictSentences(
        model,
        lexiconOf(checkpoint),
        sentences.map((words) => ({ words })),
        predictionOptions(checkpoint.training),
      )
    const [one, empty] = await read([long, []])
    expect(one?.tags).toHaveLength(90)
    expect(empty?.tags).toEqual([])
    model.dispose()
  })

  it('leaves no tensor behind', async () => {
    await run(bertJob('mtl', isFrozen))
    const before = tf.memory().numTensors
    await run(bertJob('mtl', isFrozen))
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('a frozen BERT', () => {
  it('reads every sentence once, whatever is trained on it', async () => {
    const kept = keepInMemory()
    const computed: string[] = []
    const counting: StateStore = {
      get: kept.get,
      put: (words, states) => (computed.push(words.join(' ')), kept.put(words, states)),
    }
    for (const variant of ['mtl', 'pmei'] as const) await run(bertJob(variant, true), counting)
    const sentences = tinySentences(6).map(({ words }) => words.join(' '))
    expect(computed.toSorted()).toEqual([...new Set(sentences)].toSorted())
  })

  it('trains nothing but what stands on it', async () => {
    const frozen = epochsOf(await run(bertJob('mtl', true)))
    const names = [...parseCheckpoint(frozen.at(-1)?.checkpoint ?? {}).weights.keys()]
    expect(names.every((name) => name.startsWith('final.'))).toBe(true)
  })

  it('is asked for by name where its folder is missing', async () => {
    await expect(run(bertJob('mtl', true, { encoder: null }))).rejects.toThrow('folder of the BERT encoder is missing')
  })
})

describe('single tasks', () => {
  it('predict nothing of the other', async () => {
    for (const variant of ['entity-c', 'relation-c'] as const) {
      const tasks: readonly Task[] = variants[variant].tasks
      const events = await run(bertJob(variant, true))
      const checkpoint = parseCheckpoint(epochsOf(events).at(-1)?.checkpoint ?? {})
      const model = await loadModel(checkpoint, { bert: readBertFolder(bertFiles).weights })
      const options = { ...predictionOptions(checkpoint.training), threshold: 0 }
      const [prediction] = await predictSentences(
        model,
        lexiconOf(checkpoint),
        [{ words: ['Ada', 'founded', 'Orbix'] }],
        options,
      )
      if (!tasks.includes('entity')) expect(prediction?.tags).toEqual(['O', 'O', 'O'])
      if (!tasks.includes('relation')) expect(prediction?.cells).toEqual([])
      expect(prediction?.early).not.toBeNull()
      model.dispose()
    }
  })
})
