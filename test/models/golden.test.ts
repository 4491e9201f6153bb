/** The model against float64 values of the reference: every variant, every intermediate value, loss and gradient. */
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { tidyAll } from '#main/kernels/tidy'
import { computeGradients } from '#main/models/model'
import type { LossTensors } from '#main/models/family'
import type { PmeiOutputs } from '#main/models/pmei/forward'
import { computeLosses } from '#main/models/pmei/losses'
import type { Batch } from '#main/models/shared/batch'
import {
  goldenBatch,
  goldenFiles,
  goldenModel,
  goldenNoise,
  padPairs,
  padWords,
  relativeError,
  type Golden,
} from '../support/golden.ts'
import { describeBackends, onCard, tensorBackends, underTest, useBackend } from '../support/tensor-backends.ts'

const tolerance = 1e-5

/** Parts of the loss by the names of the golden files. */
const partNames: Record<string, keyof LossTensors> = {
  entity: 'entity',
  relation: 'relation',
  early_entity: 'earlyEntity',
  early_relation: 'earlyRelation',
  kl_entity: 'klEntity',
  kl_relation: 'klRelation',
}

/** Values by the names of the golden files, 0 on padding as there. */
function namedValues({ shared, early, maps, final }: PmeiOutputs, { lengths }: Batch, length: number) {
  const onTokens = (words: tf.Tensor): tf.Tensor => padWords(words, lengths, length)
  const values: Record<string, tf.Tensor> = {
    shared: onTokens(shared),
    'final.entity.logits': onTokens(there(final.tags)),
    'final.relation.logits': padPairs(there(final.pairs), lengths, length),
  }
  if (early) {
    values['early.entity.probabilities'] = onTokens(there(early.tags))
    values['early.relation.probabilities'] = padPairs(there(early.heads.pairs), lengths, length, tf.sigmoid)
    values['early.relation.pooled'] = onTokens(there(early.pooledRelations))
  }
  for (const task of ['entity', 'relation'] as const) {
    const { mean, distributions } = there(maps[task])
    if (mean) values[`map.${task}.mean`] = onTokens(mean)
    if (!distributions) continue
    values[`map.${task}.variance`] = onTokens(distributions.posterior.variance)
    values[`map.${task}.prior_mean`] = onTokens(distributions.prior.mean)
    values[`map.${task}.prior_variance`] = onTokens(distributions.prior.variance)
  }
  return values
}

/** Both tasks are learnt by all of these. */
function there<T>(output: T | null): T {
  if (output === null) throw new Error('An output is missing')
  return output
}

/** Disposes what was found. */
async function relativeErrors(
  found: Record<string, tf.Tensor>,
  expected: Golden['expected'],
): Promise<Record<string, number>> {
  const errors: Record<string, number> = {}
  for (const [name, tensor] of Object.entries(found)) {
    const golden = expected[name]
    if (golden) errors[name] = relativeError(await tensor.data(), golden.values)
  }
  tf.dispose(found)
  return errors
}

/** The full model runs every program on the card that any variant of it runs. */
const holdsEveryProgram = ({ variant }: Golden): boolean => variant === 'pmei'

const aboveTolerance = (errors: Record<string, number>): [string, number][] =>
  Object.entries(errors).filter(([, error]) => !(error < tolerance))

describeBackends.each(underTest(tensorBackends))('on %s', (backend) => {
  beforeAll(() => useBackend(backend))

  describe.each(onCard(goldenFiles.filter(holdsEveryProgram), goldenFiles))('$variant', (golden) => {
    it('has exactly the weights of the reference', () => {
      const model = goldenModel(golden)
      expect([...model.weights.keys()].toSorted()).toEqual(Object.keys(golden.weights).toSorted())
      model.dispose()
    })

    it('reproduces every intermediate value', async () => {
      const model = goldenModel(golden)
      const found = tidyAll(() => {
        const batch = goldenBatch(golden)
        const trained = namedValues(model.forward(batch, goldenNoise(golden)), batch, golden.shapes.length)
        const { final } = model.forward(batch, null)
        const { lengths } = batch
        return {
          ...trained,
          'inference.entity.probabilities': padWords(tf.softmax(there(final.tags)), lengths, golden.shapes.length),
          'inference.relation.probabilities': padPairs(there(final.pairs), lengths, golden.shapes.length, tf.sigmoid),
        }
      })
      const errors = await relativeErrors(found, golden.expected)
      expect(Object.keys(errors).toSorted()).toEqual(Object.keys(golden.expected).toSorted())
      expect(aboveTolerance(errors)).toEqual([])
      model.dispose()
    })

    it('reproduces the losses and all gradients', async () => {
      const model = goldenModel(golden)
      const losses: Record<string, tf.Tensor> = {}
      const gradients = tidyAll(() => {
        const batch = goldenBatch(golden)
        const computed = computeGradients(model, () => {
          const all = computeLosses(model.forward(batch, goldenNoise(golden)), batch, golden.hyperparameters)
          for (const name of Object.keys(golden.losses)) losses[name] = tf.keep(all[partNames[name] ?? 'total'])
          return all.total
        })
        return Object.fromEntries(computed.gradients)
      })
      const values = Object.entries(golden.losses).map(([name, value]) => [name, { shape: [], values: [value] }])
      const lossErrors = await relativeErrors(losses, Object.fromEntries(values) as Golden['expected'])
      expect(Object.keys(lossErrors).length).toBeGreaterThan(4)
      expect(aboveTolerance(lossErrors)).toEqual([])
      const errors = await relativeErrors(gradients, golden.gradients)
      expect(Object.keys(errors).toSorted()).toEqual(Object.keys(golden.gradients).toSorted())
      expect(aboveTolerance(errors)).toEqual([])
      model.dispose()
    })
  })
})
