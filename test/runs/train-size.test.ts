/** Settings by the size of train: what small corpora get, and that large ones keep what their figures were measured with. */
import { expect, it } from 'vitest'
import { valuesOf } from '#main/runs/presets'

it('gives a small corpus many small steps, and lets a large one keep its own', () => {
  expect(valuesOf('recommended', 600)).toMatchObject({
    ...{ batchSize: 10, epochs: 50, learningRate: 0.003, average: 0.995, outputBias: 'frequency' },
  })
  expect(valuesOf('recommended', 5019)).toMatchObject({
    ...{ batchSize: 50, epochs: 100, learningRate: 0.001, average: 0, outputBias: 'random' },
  })
})

it('leaves the presets of paper and released code as they are, whatever the corpus', () => {
  for (const preset of ['paper', 'released'] as const) {
    expect(valuesOf(preset, 20)).toEqual(valuesOf(preset, 100_000))
    expect(valuesOf(preset, 20)).not.toHaveProperty('outputBias')
  }
})
