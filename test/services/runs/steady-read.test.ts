/** Reads of much of a corpus on the thread that answers: other work goes on between their steps, and they are of one state. */
import { expect, it } from 'vitest'
import { readSteadily } from '#main/services/runs/steady-read'

/** A corpus whose sentences say in which state they were read; it changes after the given numbers of steps. */
function changing(steps: number, changesAfter: readonly number[]) {
  let [state, taken] = [0, 0]
  const read = function* (): Generator<void, number[]> {
    const seen: number[] = []
    for (let step = 0; step < steps; step++) {
      seen.push(state)
      yield
      if (changesAfter.includes(++taken)) state++
    }
    return seen
  }
  return { corpora: { changes: () => state }, read, taken: () => taken }
}

it('what changed while it was read is read again', async () => {
  const { corpora, read, taken } = changing(3, [1, 4])
  expect(await readSteadily(corpora, 1, read)).toEqual([2, 2, 2])
  expect(taken()).toBe(9)
})

it('a corpus that changes all the time is read in the end', async () => {
  const { corpora, read, taken } = changing(
    3,
    Array.from({ length: 10 }, (_, at) => at),
  )
  expect(await readSteadily(corpora, 1, read)).toHaveLength(3)
  expect(taken()).toBe(12)
})
