/** The reminder of a break. */
import { expect, it } from 'vitest'
import { createBreakClock } from '#window/features/annotate/input/break-clock.ts'

const minute = 60_000

it('reminds after the chosen time of work, again after as long, and counts anew after a pause of five minutes', () => {
  const clock = createBreakClock(30 * minute)
  const reminders = Array.from({ length: 70 }, (_, at) => at).filter((at) => clock.act(at * minute))
  expect(reminders).toEqual([30, 60])
  expect(clock.act(75 * minute)).toBe(false)
  expect(clock.act(80 * minute)).toBe(false)
  expect(clock.act(109 * minute)).toBe(false)
})

it('never reminds where no time is chosen', () => {
  const clock = createBreakClock(0)
  expect(Array.from({ length: 500 }, (_, at) => clock.act(at * minute))).not.toContain(true)
})
