/** The estimate of a model's size is the model's size. */
import { describe, expect, it } from 'vitest'
import { countWeights as countModel } from '#main/models/model'
import { countWeights, unitsForWeights } from '#main/runs/weight-count'
import { variantNames } from '#main/runs/variants'
import type { ModelConfig } from '#main/runs/config'
import { tinyConfig } from '../support/tiny-model.ts'

const lstm = {
  kind: 'lstm',
  wordDimension: 6,
  hidden: 4,
  casingDimension: 2,
  posDimension: 0,
  posFrom: 'corpus',
} as const
const bert = {
  kind: 'bert',
  sizes: { vocabulary: 30, width: 8, layers: 2, heads: 2, inner: 16, positions: 12, types: 2, epsilon: 1e-12 },
  source: { folder: '', sha256: '' },
} as const satisfies Partial<ModelConfig['encoder']>

describe('countWeights', () => {
  it.each(variantNames)('counts %s as the model itself does', (variant) => {
    for (const casingDimension of [0, 2])
      for (const resetAfter of [false, true]) {
        const config = tinyConfig(variant, { encoder: { ...lstm, casingDimension }, resetAfter })
        expect(countWeights(config, 23)).toEqual(countModel(config, 23))
      }
    const withPos = tinyConfig(variant, {
      encoder: { ...lstm, posDimension: 3, posFrom: 'corpus' },
      partsOfSpeech: ['NNP', 'VBD'],
    })
    expect(countWeights(withPos, 23)).toEqual(countModel(withPos, 23))
  })

  it.each(variantNames)('counts %s on a BERT, trained or frozen, as the model itself does', (variant) => {
    for (const isFrozen of [false, true]) {
      const config = tinyConfig(variant, { encoder: { ...bert, isFrozen } })
      expect(countWeights(config, 0)).toEqual(countModel(config, 0))
    }
  })
})

describe('an MTL as large as PMEI', () => {
  it('gets the units with which it trains about as many numbers, to within one unit', () => {
    const pmei = tinyConfig('pmei', { encoder: lstm })
    const mtl = tinyConfig('mtl', { encoder: lstm })
    const hidden = unitsForWeights(mtl, pmei)
    const difference = (units: number) =>
      Math.abs(
        countWeights({ ...mtl, encoder: { ...lstm, hidden: units } }, 0).withoutVectors -
          countWeights(pmei, 0).withoutVectors,
      )
    expect(hidden).toBeGreaterThan(lstm.hidden)
    expect(difference(hidden)).toBeLessThanOrEqual(Math.min(difference(hidden - 1), difference(hidden + 1)))
  })
})
