/** Families beside PMEI against float64 values of a reference of their own: values, losses and gradients. */
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, expect, it } from 'vitest'
import { logitsOf, tilesOf } from '#main/kernels/pair-tiles'
import type { PairInputs } from '#main/kernels/pairs'
import { tidyAll } from '#main/kernels/tidy'
import type { ModelFamily } from '#main/models/family'
import { computeGradients } from '#main/models/model'
import { casrel } from '#main/models/casrel/casrel'
import { grid } from '#main/models/grid/grid'
import { rin } from '#main/models/rin/rin'
import type { Batch } from '#main/models/shared/batch'
import type { ModelConfig } from '#main/runs/config'
import { relativeError } from '../support/golden.ts'
import { batchOf, modelWith, readFamilyGolden, sharedConfig, type FamilyGolden } from '../support/golden-families.ts'
import { describeBackends, tensorBackends, underTest, useBackend } from '../support/tensor-backends.ts'

const tolerance = 1e-5
const noWeights = { alpha: 0, betaEntity: 0, betaRelation: 0 }

describeBackends.each(underTest(tensorBackends))('on %s', (backend) => {
  beforeAll(() => useBackend(backend))

  it('the grid reproduces values, losses and gradients of the reference, with spans that overlap', async () => {
    const golden = readFamilyGolden('grid')
    const config = { family: 'grid', ...sharedConfig(golden, true) } as const
    await expectGolden(grid, config, golden, ({ spans, links }, { lengths }) => ({
      ...{ spans: logitsOfPairs(spans, lengths), links: logitsOfPairs(links, lengths) },
    }))
  })

  it('CasRel reproduces values, losses and gradients of the reference', async () => {
    const golden = readFamilyGolden('casrel')
    const config = { family: 'casrel', ...sharedConfig(golden, true) } as const
    await expectGolden(casrel, config, golden, ({ subjects, objects }) => ({ subjects, ...(objects && { objects }) }))
  })

  it('RIN reproduces values, losses and gradients of the reference', async () => {
    const golden = readFamilyGolden('rin')
    const config = { family: 'rin', ...sharedConfig(golden, false), rounds: golden.shapes.rounds } as const
    await expectGolden(rin, config, golden, ({ shown, final }, { lengths }) => ({
      ...Object.fromEntries(shown.map((tensor, round) => [`shown.${round}`, tensor])),
      ...(final.tags && { tags: final.tags }),
      ...(final.pairs && { pairs: logitsOfPairs(final.pairs, lengths) }),
    }))
  })
})

/** Compares everything of a family with its golden file. @param valuesOf the values of a pass by the names of that file. */
async function expectGolden<Config extends ModelConfig, Gold, Outputs>(
  family: ModelFamily<Config, Gold, Outputs>,
  config: Config,
  golden: FamilyGolden,
  valuesOf: (outputs: Outputs, batch: Batch<Gold>) => Record<string, tf.Tensor>,
): Promise<void> {
  const model = modelWith(family, config, golden)
  expect([...model.weights.keys()].toSorted()).toEqual(Object.keys(golden.weights).toSorted())
  const batch = batchOf(family, config, golden)
  const { losses, ...found } = tidyAll(() => {
    const values = valuesOf(model.forward(batch, null), batch)
    const kept: Record<string, tf.Tensor> = {}
    const { gradients } = computeGradients(model, () => {
      const all = model.losses(model.forward(batch, null), batch, noWeights, batch.lengths.length)
      for (const name of ['total', 'entity', 'relation'] as const) kept[name] = tf.keep(all[name])
      return all.total
    })
    return {
      values: { shared: model.encode(batch), ...values },
      gradients: Object.fromEntries(gradients),
      losses: kept,
    }
  })
  expect(await errorsOf(found.values, golden.expected)).toEqual({})
  expect(await errorsOf(found.gradients, golden.gradients)).toEqual({})
  const expected = Object.entries(golden.losses).map(([name, value]) => [name, { shape: [], values: [value] }])
  expect(await errorsOf(losses, Object.fromEntries(expected) as FamilyGolden['expected'])).toEqual({})
  model.dispose()
}

/** The relative errors above the tolerance, by name; also of what only one side has. */
async function errorsOf(found: Record<string, tf.Tensor>, golden: FamilyGolden['expected']): Promise<object> {
  const errors: Record<string, number> = {}
  for (const name of new Set([...Object.keys(found), ...Object.keys(golden)])) {
    const values = (await found[name]?.data()) ?? []
    const error = relativeError(values, golden[name]?.values ?? [Number.NaN])
    if (!(error < tolerance)) errors[name] = error
  }
  tf.dispose(found)
  return errors
}

/** Logits of all pairs, sentence by sentence [pairs, l]. */
function logitsOfPairs(inputs: PairInputs, lengths: readonly number[]): tf.Tensor2D {
  return tf.concat2d(
    tilesOf(lengths, inputs.left.shape[1] + inputs.bias.size).map((tile) => logitsOf(inputs, tile)),
    0,
  )
}
