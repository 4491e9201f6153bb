/** The history of a run as JSON lines: settings, a line for each epoch, how it ended. */
import { expect, it } from 'vitest'
import { historyLines } from '#main/comparison/run-history'
import { makePoint, makeRun } from '../support/renderer-runs.ts'

it('is a line for the run, one for each epoch with numbers alone, and one for the end', () => {
  const lines = historyLines(makeRun('pmei', 1, { tags: ['paper'] }), [makePoint(1, 4), makePoint(2, 6)])
  const [run, first, , end] = lines
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, Record<string, unknown>>)
  expect(run).toMatchObject({ type: 'run', tags: ['paper'], params: { variant: 'pmei', seed: 1, corpus: 'people' } })
  expect(first).toMatchObject({
    type: 'epoch',
    epoch: 1,
    step: 7,
    metrics: { 'loss/total': 3, 'dev/exact/precision': 0.4 },
  })
  expect(Object.values(first?.['metrics'] ?? {}).every((value) => typeof value === 'number')).toBe(true)
  expect(end).toMatchObject({ type: 'end', status: 'finished', bestEpoch: 2 })
})
