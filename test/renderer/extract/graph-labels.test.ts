/** Labels of the graph: none stands over another one. */
import { expect, it } from 'vitest'
import { createLabelRoom } from '#window/features/extract/results/graph-labels.ts'

it('leaves a label out that would stand over an earlier one, until all are drawn anew', () => {
  const room = createLabelRoom()
  const box = { x: 10, y: 10, width: 50, height: 16 }
  expect(room.take(box)).toBe(true)
  expect(room.take({ ...box, x: 59 })).toBe(false)
  expect(room.take({ ...box, y: 26 })).toBe(true)
  expect(room.take({ ...box, x: 60 })).toBe(true)
  room.clear()
  expect(room.take({ ...box, x: 59 })).toBe(true)
})
