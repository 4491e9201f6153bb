/** Items gathered into groups of what has come: one that waits alone is worked at at once, and many are worked at together. */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'

/**
 * Groups in the order of the items. While one is worked at, the next is gathered.
 * @param sizeOf of an item; a group that reaches its `most` waits to be taken, and so does whoever gives the items.
 * @param most largest size of the group with this number, from 0.
 */
export async function* asTheyCome<Item>(
  items: AsyncIterable<Item>,
  sizeOf: (item: Item) => number,
  most: (group: number) => number,
): AsyncGenerator<Item[]> {
  let waiting: Item[] = []
  let [size, taken] = [0, 0]
  let isOver = false
  let failure: unknown = null
  let changed = Promise.withResolvers<void>()
  const tell = (): void => {
    changed.resolve()
    changed = Promise.withResolvers()
  }
  const iterator = items[Symbol.asyncIterator]()
  const gather = async (): Promise<void> => {
    try {
      for (let next = await iterator.next(); !next.done && !isOver; next = await iterator.next()) {
        waiting.push(next.value)
        size += Math.max(1, sizeOf(next.value))
        tell()
        while (size >= most(taken) && !isOver) await changed.promise
      }
    } catch (error) {
      failure = error
    }
    isOver = true
    tell()
  }
  const gathering = gather()
  try {
    for (;;) {
      while (waiting.length === 0 && !isOver) await changed.promise
      await yieldToEventLoop() // what came in the same piece belongs together
      const group = waiting
      if (group.length === 0) break
      waiting = []
      size = 0
      taken++
      tell()
      yield group
    }
    if (failure !== null) throw failure
  } finally {
    isOver = true
    tell()
    void iterator.return?.() // a stream that gives nothing more would never answer
    void gathering
  }
}
