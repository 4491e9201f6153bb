/** Damaged files: whatever became of a file, its reader says in a sentence what is wrong, or reads what holds together. */
import { expect, it } from 'vitest'
import { formats } from '#main/corpora/formats'
import { readMutated, seeds } from '../support/fuzz-formats.ts'

const all = await seeds()
const mutationsOfEach = 200

it('has a file of every format that is read', () => {
  const seeded = new Set(all.map(({ format }) => format.name))
  expect(formats.filter(({ name, read }) => read !== null && !seeded.has(name)).map(({ name }) => name)).toEqual([])
})

it.each(all.map((seed) => [seed.format.name, seed] as const))(
  'a damaged file of %s is read as far as it is sound, or refused',
  async (_, seed) => {
    const outcomes = { read: 0, refused: 0 }
    for (let number = 0; number < mutationsOfEach; number++) outcomes[await readMutated(seed, number)]++
    // a reader that took everything, or nothing, would have been tried on nothing
    expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(0)
  },
)
