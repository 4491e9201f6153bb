/** Which epoch a run keeps, and when it gives up. */
import { describe, expect, it } from 'vitest'
import { toScores } from '#main/evaluation/scores'
import { matchModes } from '#main/evaluation/match-mode'
import type { MetricPoint } from '#main/runs/run'
import { bestPoint, isExhausted } from '#main/runs/selection'

const tasks = ['entity', 'relation'] as const
const losses = { total: 1, entity: 1, relation: 0, earlyEntity: 0, earlyRelation: 0, klEntity: 0, klRelation: 0 }

/** Epochs with so many of ten triples found. */
function pointsOf(...found: readonly number[]): MetricPoint[] {
  return found.map((correct, at) => {
    const scores = toScores(10, 10, correct)
    const dev = Object.fromEntries(matchModes.map((mode) => [mode, scores])) as MetricPoint['dev']
    return {
      ...{ epoch: at + 1, step: at + 1, losses, dev, devEntities: scores },
      ...{ seconds: 1, sentencesPerSecond: 1, memoryMb: 1 },
    }
  })
}

describe('the epoch that is kept', () => {
  it('is the earliest of the best, and the latest while nothing was found', () => {
    expect(bestPoint(pointsOf(0, 3, 5, 5, 4), tasks).epoch).toBe(3)
    expect(bestPoint(pointsOf(0, 0, 0), tasks).epoch).toBe(3)
    expect(bestPoint(pointsOf(0, 0, 1, 0), tasks).epoch).toBe(3)
  })
})

describe('patience', () => {
  it('ends training so many epochs after the best', () => {
    expect(isExhausted(pointsOf(1, 5, 4), tasks, 2)).toBe(false)
    expect(isExhausted(pointsOf(1, 5, 4, 4), tasks, 2)).toBe(true)
  })

  it('begins with the first find: a small corpus needs many epochs before it', () => {
    expect(isExhausted(pointsOf(0, 0, 0, 0, 0), tasks, 2)).toBe(false)
    expect(isExhausted(pointsOf(0, 0, 0, 1, 0), tasks, 2)).toBe(false)
    expect(isExhausted([], tasks, 2)).toBe(false)
  })
})
