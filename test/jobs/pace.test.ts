/** The rate of work and the time that is left. */
import { expect, it } from 'vitest'
import { createPace } from '#main/jobs/pace'

it('knows no rate in the first second', () => {
  const pace = createPace({ done: 0, atMs: 0 })
  pace.note(10, 900)
  expect([pace.rate(), pace.secondsLeft(100)]).toEqual([null, null])
})

it('counts what this attempt did, not what was done before', () => {
  const pace = createPace({ done: 1000, atMs: 0 })
  pace.note(1100, 2000)
  expect([pace.rate(), pace.secondsLeft(1200)]).toEqual([50, 2])
})

it('follows a change within half a minute', () => {
  const pace = createPace({ done: 0, atMs: 0 })
  for (let second = 1; second <= 60; second++) pace.note(second * 10, second * 1000)
  for (let second = 61; second <= 100; second++) pace.note(600 + (second - 60), second * 1000)
  expect(pace.rate()).toBeCloseTo(1, 1)
})

it('says nothing of the time left where the total is not known', () => {
  const pace = createPace({ done: 0, atMs: 0 })
  pace.note(10, 2000)
  expect(pace.secondsLeft(null)).toBeNull()
})
