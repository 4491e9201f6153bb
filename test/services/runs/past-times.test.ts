/** Times of former runs, from which those of further ones are estimated. */
import { describe, expect, it } from 'vitest'
import type { ModelName } from '#main/runs/model-name'
import type { Run } from '#main/runs/run'
import { pastTimesOf, type FormerRun } from '#main/services/runs/past-times'
import { makePoint, makeRun } from '../../support/renderer-runs.ts'

const split = (sentences: number) => ({ sentences, triples: 1, sha256: '' })

/** A run of two epochs that trained for 4 s and scored 10 sentences of dev for 1 s each. */
function former(variant: ModelName, training: Partial<Run['config']['training']> = {}, workedMs = 13_000): FormerRun {
  const { config, data } = makeRun(variant, 1)
  const splits = { train: split(100), dev: split(10), test: split(30) }
  return {
    run: { config: { ...config, training: { ...config.training, ...training } }, data: { ...data, splits } },
    points: [1, 2].map((epoch) => ({ ...makePoint(epoch), seconds: 4, devSeconds: 1 })),
    workedMs,
  }
}
const { config } = makeRun('pmei', 2)

describe('the time of a run', () => {
  it('counts training, the scoring of dev behind each epoch, what comes besides, and the scoring at the end', () => {
    expect(pastTimesOf([former('pmei')])(config, 100)).toEqual({ perEpoch: 5, besides: 3, scoring: 4 })
  })

  it('goes by the sentences that are learnt from', () => {
    const time = pastTimesOf([former('pmei', { trainPart: 0.5 })])
    expect(time(config, 100)?.perEpoch).toBe(9)
    expect(time({ ...config, training: { ...config.training, trainPart: 25 } }, 100)?.perEpoch).toBe(3)
  })

  it('is taken from runs of the same model, with the same settings where there are any', () => {
    const quick = { ...former('pmei'), workedMs: 10_000 }
    const time = pastTimesOf([quick, former('pmei', { batchSize: 3 }), former('rin')])
    expect(time(config, 100)?.besides).toBe(0)
    expect(time({ ...config, training: { ...config.training, batchSize: 7 } }, 100)?.besides).toBe(1.5)
    expect(time(makeRun('grid', 1).config, 100)).toBeNull()
  })
})
