/** What is said of runs while they train, and when they stop. */
import { describe, expect, it } from 'vitest'
import { describePoint, formatRuns, refuseUnfinished } from '#main/cli/follow-runs'
import { toScores } from '#main/evaluation/scores'
import { everyMode, makePoint, makeRun } from '../support/renderer-runs.ts'

const point = {
  ...makePoint(3),
  dev: { ...everyMode(toScores(10, 10, 0)), exact: toScores(10, 10, 4), partial: toScores(10, 10, 6) },
  devEntities: toScores(10, 10, 9),
}

describe('the line of an epoch', () => {
  it('shows and names the score that selects the epoch', () => {
    expect(describePoint(makeRun('entity-b', 1), point)).toBe(
      'entity-b seed 1  epoch 3  loss 3.000  dev entities P 90.0 R 90.0 F1 90.0  2 s  350 MB',
    )
    expect(describePoint(makeRun('relation-a', 1), point)).toContain('  dev partial P 60.0 R 60.0 F1 60.0  2 s')
  })

  it('shows a joint model’s partial triples and entities beside its exact triples', () => {
    expect(describePoint(makeRun('pmei', 2), point)).toContain(
      '  dev exact P 40.0 R 40.0 F1 40.0  partial F1 60.0  entities F1 90.0  2 s',
    )
  })
})

it('says in the table of runs what each score is of', () => {
  const table = formatRuns([makeRun('entity-a', 1), makeRun('relation-c', 1), makeRun('mtl', 1)]).split('\n')
  expect(table.slice(2).map((line) => line.trim().split(/ +/).at(-1))).toEqual(['entities', 'partial', 'exact'])
})

describe('the way on', () => {
  const again = (command: string): string => `espalier ${command}`
  const stopped = (seed: number, epoch: number) =>
    makeRun('mtl', seed, { runId: `${seed}2345678-rest`, status: 'cancelled', epoch })

  it('names every run that can go on, with or without an epoch done', () => {
    const runs = [makeRun('mtl', 1), stopped(2, 4), stopped(3, 0), stopped(4, 0)]
    expect(() => refuseUnfinished(runs, again)).toThrow(
      'Cancelled: mtl seed 2 after epoch 4, mtl seed 3 before its first epoch was done, mtl seed 4 before its first epoch was done. Resume with: espalier resume 22345678 32345678 42345678',
    )
  })

  it('is told beside what failed, and beside what was left without a device', () => {
    const failed = makeRun('pmei', 1, { status: 'failed', failure: 'The disk is full.' })
    const stranded = { ...stopped(2, 1), status: 'interrupted' as const, failure: 'The card is gone.' }
    expect(() => refuseUnfinished([failed, stranded, stopped(3, 1)], again)).toThrow(
      'pmei seed 1 failed: The disk is full. mtl seed 2 stopped: The card is gone. Cancelled: mtl seed 3 after epoch 1. Resume with: espalier resume 22345678 32345678',
    )
  })

  it('is not told when all are finished', () => {
    expect(() => refuseUnfinished([makeRun('mtl', 1)], again)).not.toThrow()
  })
})
