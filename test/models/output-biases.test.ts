import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, it } from 'vitest'
import { createModel } from '#main/models/model'
import { startAtFrequencies } from '#main/models/shared/output-biases'
import { tinyConfig } from '../support/tiny-model.ts'
import { useBackend } from '../support/tensor-backends.ts'

beforeAll(() => useBackend('cpu'))

it('makes a model that knows nothing else predict tags and relations as often as train has them', async () => {
  const config = { ...tinyConfig('pmei'), tags: ['O', 'B', 'I', 'E', 'S'], relations: ['led', 'met'] }
  const model = createModel(config, 5, 1)
  const [subject, object] = [
    { start: 0, end: 1, label: 'X' },
    { start: 2, end: 4, label: 'X' },
  ]
  const words = ['a', 'b', 'c', 'd', 'e']
  const sentences = [
    { words, spans: [subject, object], triples: [{ subject, type: 'led', object }] },
    { words, spans: [], triples: [] },
  ]
  startAtFrequencies(model.weights, config, sentences)
  for (const head of ['early', 'final']) {
    const tags = tf.softmax(model.weights.get(`${head}.entity.bias`) as tf.Tensor)
    const cells = tf.sigmoid(model.weights.get(`${head}.relation.out.bias`) as tf.Tensor)
    // of 10 words: 7 O, 1 B, 1 E, 1 S; of 50 pairs: 1 led; half an occurrence more of each
    const shares = [7.5, 1.5, 0.5, 1.5, 1.5].map((count) => count / 12.5)
    ;(await tags.data()).forEach((share, at) => expect(share).toBeCloseTo(shares[at] ?? 0, 5))
    const [led = 0, met = 0] = await cells.data()
    expect(led).toBeCloseTo(1.5 / 51, 5)
    expect(met).toBeCloseTo(0.5 / 51, 5)
  }
  model.dispose()
})
