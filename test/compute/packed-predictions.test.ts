/** Predictions cross from a compute process as they were, and are opened a little at a time. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeFrame, encodeFrame } from '#main/compute/frames'
import { packPredictions, type PackedPredictions } from '#main/compute/packed-predictions'
import type { Prediction } from '#main/document/prediction'
import { unpacked } from '../support/unpacked.ts'

const probability = fc.double({ min: 0, max: 1, noNaN: true })
const word = fc.nat({ max: 2 ** 31 - 1 })
const cell = fc.record({ subject: word, type: fc.string({ maxLength: 8 }), object: word, probability })
const span = fc.record({ start: word, end: word, label: fc.string(), probability })
const passFields = { tags: fc.array(fc.string()), spans: fc.array(span), cells: fc.array(cell) }
const prediction: fc.Arbitrary<Prediction> = fc.record({
  ...passFields,
  anchor: fc.constantFrom('last', 'first'),
  threshold: probability,
  early: fc.option(fc.record(passFields)),
})

describe('packed predictions', () => {
  it('are the same when they are unpacked, through a process or a page', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(prediction, { maxLength: 5 }), async (predictions) => {
        const packed = packPredictions(predictions)
        expect(await unpacked(packed)).toEqual(predictions)
        expect(await unpacked(structuredClone(packed))).toEqual(predictions)
        expect(await unpacked(decodeFrame(encodeFrame(packed)) as PackedPredictions)).toEqual(predictions)
      }),
      { numRuns: 60 },
    )
  })

  it('keep the triples that a model found whole', async () => {
    const span = { start: 0, end: 2, label: 'X' }
    const triples = [{ subject: span, type: 'r', object: { ...span, end: 3 }, probability: 0.7 }]
    const prediction = {
      tags: ['O'],
      spans: [],
      cells: [],
      triples,
      anchor: 'last',
      threshold: 0.5,
      early: null,
    } as const
    expect(await unpacked(packPredictions([prediction]))).toEqual([prediction])
  })

  it('of a sentence of ten thousand words are unpacked in many small pieces', async () => {
    const cells = Array.from({ length: 160_000 }, (_, at) => ({ subject: at, type: 'r', object: 1, probability: 0.5 }))
    const pass = { tags: [], spans: [], cells }
    const packed = packPredictions([{ ...pass, anchor: 'last', threshold: 0.5, early: pass }])
    let turns = 0
    const [opened] = await unpacked(packed, () => turns++)
    expect(opened?.cells).toHaveLength(160_000)
    expect(turns).toBeGreaterThanOrEqual((2 * 160_000) / 20_000)
  })
})
