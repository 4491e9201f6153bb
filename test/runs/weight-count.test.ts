/** The estimate of a model's size is the model's size. */
import { describe, expect, it } from 'vitest'
import { countWeights as countModel } from '#main/model/joint-model'
import { countWeights } from '#main/runs/weight-count'
import { variantNames } from '#main/runs/variants'
import { tinyConfig } from '../support/tiny-model.ts'

describe('countWeights', () => {
  it.each(variantNames)('counts %s as the model itself does', (variant) => {
    for (const casingDimension of [0, 2]) {
      const config = tinyConfig(variant, { casingDimension })
      expect(countWeights(config, 23)).toEqual(countModel(config, 23))
    }
  })
})
