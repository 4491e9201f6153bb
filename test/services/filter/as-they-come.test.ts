import { describe, expect, it } from 'vitest'
import { asTheyCome } from '#main/services/filter/as-they-come'
import { all } from '../../support/all-of.ts'

describe('groups of what comes', () => {
  it('hold every item once, in order', async () => {
    async function* items(): AsyncGenerator<number> {
      for (let item = 0; item < 1000; item++) yield item
    }
    const groups = await all(
      asTheyCome(
        items(),
        () => 1,
        () => 64,
      ),
    )
    expect(groups.flat()).toEqual(Array.from({ length: 1000 }, (_, item) => item))
    expect(Math.max(...groups.map(({ length }) => length))).toBeLessThanOrEqual(65)
    expect(groups.length).toBeGreaterThan(1)
  })

  it('do not wait for items that are still to come', async () => {
    const second = Promise.withResolvers<void>()
    async function* items(): AsyncGenerator<string> {
      yield 'first'
      await second.promise
      yield 'second'
    }
    const groups = asTheyCome(
      items(),
      () => 1,
      () => 64,
    )
    expect((await groups.next()).value).toEqual(['first'])
    second.resolve()
    expect((await groups.next()).value).toEqual(['second'])
    expect((await groups.next()).done).toBe(true)
  })

  it('take no more than a group while one is worked at', async () => {
    let taken = 0
    async function* items(): AsyncGenerator<number> {
      for (;;) yield taken++
    }
    const groups = asTheyCome(
      items(),
      () => 1,
      () => 10,
    )
    await groups.next()
    for (let turn = 0; turn < 50; turn++) await new Promise(setImmediate)
    expect(taken).toBeLessThanOrEqual(24)
    await groups.return(undefined)
  })

  it('give what came before a failure, and then throw it', async () => {
    async function* items(): AsyncGenerator<number> {
      yield 1
      throw new Error('torn')
    }
    const groups = asTheyCome(
      items(),
      () => 1,
      () => 10,
    )
    expect((await groups.next()).value).toEqual([1])
    await expect(groups.next()).rejects.toThrow('torn')
  })
})

it('are as large as their number allows', async () => {
  async function* items() {
    for (let at = 0; at < 20; at++) yield at
  }
  const groups: number[][] = []
  for await (const group of asTheyCome(
    items(),
    () => 1,
    (number) => 2 ** number,
  ))
    groups.push(group)
  expect(groups.map(({ length }) => length)).toEqual([1, 2, 4, 8, 5])
})
