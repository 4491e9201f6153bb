/** Runs of one name are told apart wherever runs are listed. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Run } from '#main/runs/run'
import { nameInRequest } from '#main/runs/run-name'
import { distinctionsOf, labelOfRun } from '#main/runs/tell-apart'
import { formatMoment } from '#main/text/moment'
import { makeRun } from '../support/renderer-runs.ts'

const day = 24 * 3600 * 1000

function twin(runId: string, part: Partial<Run> = {}, training: Partial<Run['config']['training']> = {}): Run {
  const run = makeRun('pmei', 1, { runId, ...part })
  return { ...run, config: { ...run.config, training: { ...run.config.training, ...training } } }
}
const told = (...runs: Run[]): string[] => runs.map((run) => labelOfRun(run, distinctionsOf(runs)))

describe('runs', () => {
  it('whose names differ are told by them alone', () => {
    expect(told(makeRun('pmei', 1), makeRun('pmei', 2))).toEqual(['pmei seed 1', 'pmei seed 2'])
  })

  it('of one name are told by when they were made and by the settings that differ', () => {
    expect(told(twin('a'), twin('b', { createdMs: day }, { dropout: 0.5 }))).toEqual([
      `pmei seed 1 (${formatMoment(1000)}, input dropout 0.3)`,
      `pmei seed 1 (${formatMoment(day)}, input dropout 0.5)`,
    ])
  })

  it('of one name are told by their corpora and by the run that they started from, with its name', () => {
    const elsewhere = twin('b')
    const data = { ...elsewhere.data, corpusName: 'places' }
    const labels = told(makeRun('mtl', 3), twin('a'), { ...elsewhere, data, fromRunId: 'mtl-3' })
    expect(labels[1]).toContain('corpus people, started from fresh weights')
    expect(labels[2]).toContain('corpus places, started from mtl seed 3')
  })

  it('that differ in much are told by the first few settings, and how many more there are', () => {
    const training = { epochs: 7, patience: 3, batchSize: 8, dropout: 0.1, alpha: 0.5 }
    expect(told(twin('a'), twin('b', {}, training))[1]).toContain('epochs 7, patience 3, batch size 8, 2 more settings')
  })

  it('that nothing else tells apart are told by their ids', () => {
    expect(told(twin('11111111-aa'), twin('22222222-bb'))).toEqual([
      `pmei seed 1 (${formatMoment(1000)}, id 11111111)`,
      `pmei seed 1 (${formatMoment(1000)}, id 22222222)`,
    ])
  })

  it('never read the same, whatever they are', () => {
    const run = fc.record({
      seed: fc.constantFrom(1, 2),
      createdMs: fc.constantFrom(0, 1000, day),
      dropout: fc.constantFrom(0.3, 0.5),
      threads: fc.constantFrom(0, 1),
    })
    fc.assert(
      fc.property(fc.array(run, { maxLength: 8 }), (parts) => {
        const runs = parts.map(({ seed, createdMs, dropout, threads }, at) => {
          const made = twin(`${at}0000000-x`, { name: `pmei seed ${seed}`, createdMs }, { seed, dropout })
          return { ...made, config: { ...made.config, threads } }
        })
        expect(new Set(told(...runs)).size).toBe(runs.length)
      }),
    )
  })
})

describe('a name that was asked for', () => {
  it('is that of a single run, and of several is followed by what varies', () => {
    const asked = (variants: ('mtl' | 'pmei')[], seeds: number[]) =>
      variants.flatMap((variant) =>
        seeds.map((seed) => nameInRequest({ name: 'wide', variants, seeds }, variant, seed)),
      )
    expect(asked(['mtl'], [7])).toEqual(['wide'])
    expect(asked(['mtl'], [1, 2])).toEqual(['wide seed 1', 'wide seed 2'])
    expect(asked(['mtl', 'pmei'], [1])).toEqual(['wide mtl', 'wide pmei'])
    expect(asked(['mtl', 'pmei'], [1, 2])).toHaveLength(4)
    expect(new Set(asked(['mtl', 'pmei'], [1, 2])).size).toBe(4)
  })

  it('that was not is variant and seed', () => {
    expect(nameInRequest({ variants: ['mtl'], seeds: [3] }, 'mtl', 3)).toBe('mtl seed 3')
  })
})
