/** Batches hold exactly what the sentences say, and what stands beside a sentence changes nothing. */
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { familyOf } from '#main/models/families'
import { drawNoise } from '#main/models/shared/draw-noise'
import { vectorize } from '#main/models/vectorize'
import { disposeBatch, type Batch } from '#main/models/shared/batch'
import type { TagsAndCells } from '#main/models/shared/tags-and-cells'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { tinyConfig, tinyModel, tinySentences, tinyVocabulary } from '../support/tiny-model.ts'
import { useBackend } from '../support/tensor-backends.ts'

const config = tinyConfig('pmei')
const [first, second] = tinySentences as [LabelledSentence, LabelledSentence]
const weights = { alpha: 0.3, betaEntity: 0.05, betaRelation: 0.02 }

/** The gold of a batch of PMEI. */
const goldOf = ({ gold }: Batch): TagsAndCells | null => gold as TagsAndCells | null

beforeAll(() => useBackend('wasm'))

describe('vectorize', () => {
  it('writes gold tags and cells at the last words of the spans', () => {
    const batch = vectorize([first], tinyVocabulary, config)
    const names = [...(goldOf(batch)?.tags ?? [])].map((tag) => config.tags[tag])
    expect(names.join(' ')).toBe('B E O B E O S O')
    expect(goldOf(batch)?.cells).toEqual([1, 4, 0, 4, 6, 1])
    disposeBatch(batch)
  })

  it('takes the first words when the anchor says so', () => {
    const batch = vectorize([first], tinyVocabulary, { ...config, anchor: 'first' })
    expect(goldOf(batch)?.cells.slice(0, 3)).toEqual([0, 3, 0])
    disposeBatch(batch)
  })

  it('lays the sentences one after another, rows of later ones counted from the first', () => {
    const batch = vectorize([second, first], tinyVocabulary, config)
    expect([batch.rows, batch.lengths]).toEqual([14, [6, 8]])
    expect(goldOf(batch)?.cells).toEqual([1, 4, 1, 7, 10, 0, 10, 12, 1])
    disposeBatch(batch)
  })

  it('counts gold that tags cannot hold instead of dropping it silently', () => {
    const overlapping = { ...first, spans: [...first.spans, { start: 1, end: 4, label: 'entity' }] }
    const unknown = { ...second, triples: second.triples.map((triple) => ({ ...triple, type: 'never seen' })) }
    const family = familyOf(config)
    const counts = [overlapping, unknown].map((sentence) => family.countUnencoded(sentence, config))
    expect(counts).toEqual([
      { overlapping: 1, unknownType: 0 },
      { overlapping: 0, unknownType: 1 },
    ])
  })
})

describe('a batch', () => {
  it.each(['mtl', 'pmei'] as const)('of %s has the loss of its sentences one by one, noise included', (variant) => {
    const model = tinyModel(variant)
    const lossOf = (sentences: readonly LabelledSentence[], firstSentence: number): number => {
      const batch = vectorize(sentences, tinyVocabulary, model.config)
      const noise = drawNoise(
        batch,
        model.config,
        { dropout: 0.3, wordDropout: 0.2, innerDropout: 0 },
        { seed: 3, step: 5, firstSentence },
      )
      const loss = tf.tidy(
        () => model.losses(model.forward(batch, noise), batch, weights, tinySentences.length).total.dataSync()[0],
      )
      disposeBatch(batch)
      return loss ?? Number.NaN
    }
    const whole = lossOf(tinySentences, 0)
    const parts = tinySentences.map((sentence, index) => lossOf([sentence], index))
    expect(parts.reduce((sum, loss) => sum + loss, 0) / whole).toBeCloseTo(1, 6)
    model.dispose()
  })

  it('draws the same noise for the same seed and step, and other noise otherwise', () => {
    const batch = vectorize([first], tinyVocabulary, config)
    const draw = (step: number) =>
      drawNoise(
        batch,
        config,
        { dropout: 0.5, wordDropout: 0, innerDropout: 0 },
        { seed: 1, step, firstSentence: 0 },
      ).entity?.dataSync()
    expect(draw(1)).toEqual(draw(1))
    expect(draw(1)).not.toEqual(draw(2))
    disposeBatch(batch)
  })
})
