/** Works at some items at a time, so that reading, computing and writing go on at once; results come in the order of the items. */
import { createEventQueue } from '#main/core/event-queue'

/**
 * @param most number of items that are worked at, or whose results wait to be taken; one more is taken from the source meanwhile.
 * @throws what the source or the work threw, after the results before it.
 */
export async function* overlapping<Item, Result>(
  items: AsyncIterable<Item> | Iterable<Item>,
  most: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const results = createEventQueue<Promise<Result>>(() => undefined)
  let isOver = false
  let free = most
  let wake: () => void = () => undefined

  async function begin(): Promise<void> {
    for await (const item of items) {
      while (free === 0 && !isOver) await new Promise<void>((resolve) => (wake = resolve))
      if (isOver) return
      free--
      const result = work(item)
      result.catch(() => undefined) // whoever takes it gets the error
      results.push(result)
    }
  }

  begin().then(
    () => results.end(),
    (error: unknown) => results.end(error instanceof Error ? error : new Error(String(error))),
  )
  try {
    for await (const result of results) {
      yield await result
      free++
      wake()
    }
  } finally {
    isOver = true // the source is left with its next item
    wake()
  }
}
