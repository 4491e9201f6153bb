/** The config of a run: what a preset makes of a corpus, and what a person sets. */
import { describe, expect, it } from 'vitest'
import { runRequest } from '#main/api/runs'
import type { BertEncoder } from '#main/runs/config'
import { resolveConfig, type RunSources } from '#main/services/runs/run-config'

const sources: RunSources = { vectors: null, encoder: null, from: null, trainSentences: 5019, hasPos: false }
const labels = { tags: ['O', 'B', 'I', 'E', 'S'], relations: ['r'] }

function resolve(asked: Record<string, unknown>, changed: Partial<RunSources> = {}) {
  const request = runRequest.parse({ corpusId: 1, variants: ['pmei'], seeds: [1], ...asked })
  return resolveConfig(request, 'pmei', 1, { ...sources, ...changed }, labels)
}

describe('the config of a run', () => {
  it('has smaller batches and more epochs for a smaller corpus, where the preset is ours', () => {
    const [small, large] = [200, 5019].map((trainSentences) => resolve({}, { trainSentences }).training)
    expect(small?.batchSize).toBeLessThan(large?.batchSize ?? 0)
    expect(small?.epochs).toBeGreaterThan(large?.epochs ?? 0)
    const asked = resolve({ training: { batchSize: 7 } }, { trainSentences: 200 })
    expect(asked.training).toMatchObject({ batchSize: 7, epochs: small?.epochs })
  })

  it('goes by the part of train that a run learns from, not by all of it', () => {
    const [part, share, small] = [
      resolve({ training: { trainPart: 600 } }),
      resolve({ training: { trainPart: 600 / 5019 } }),
      resolve({}, { trainSentences: 600 }),
    ].map(({ training: { trainPart: _, ...training } }) => training)
    expect(part).toEqual(small)
    expect(share).toEqual(small)
  })

  it('is that of the paper and of the released code where those are asked for, whatever the size of the corpus', () => {
    for (const trainSentences of [200, 5019]) {
      const paper = resolve({ preset: 'paper' }, { trainSentences })
      expect(paper.training).toMatchObject({ batchSize: 50, epochs: 100, alpha: 1e-3, average: 0, tuning: 'none' })
      expect(paper.model.encoder).toMatchObject({ hidden: 100, casingDimension: 0 })
      const released = resolve({ preset: 'released' }, { trainSentences, hasPos: true })
      expect(released.training).toMatchObject({ batchSize: 50, dropout: 0.1, order: 'file', selectOn: 'test' })
      expect(released.model.encoder).toMatchObject({ hidden: 50, casingDimension: 0, posDimension: 10 })
    }
  })

  it('leaves the parts of speech of a preset out where the corpus has none, but not those that a person asks for', () => {
    const posOf = (asked: Record<string, unknown>) => resolve(asked).model.encoder
    expect(posOf({ preset: 'released' })).toMatchObject({ posDimension: 0 })
    expect(posOf({ model: { posDimension: 10 } })).toMatchObject({ posDimension: 10 })
  })

  it('trains a BERT in its own batches and at its own rate, with the last weights', () => {
    const sizes = { vocabulary: 9, width: 8, layers: 1, heads: 1, inner: 8, positions: 16, types: 2, epsilon: 1e-12 }
    const encoder: BertEncoder = { kind: 'bert', sizes, isFrozen: false, source: { folder: 'b', sha256: '0' } }
    expect(resolve({}, { encoder, trainSentences: 200 }).training).toMatchObject({
      ...{ batchSize: 6, learningRate: 1e-5, average: 0 },
    })
  })
})
