/** Takes the next item while the present one is worked at, so that reading and computing go on at the same time. */
export async function* ahead<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item> {
  const iterator = items[Symbol.asyncIterator]()
  const take = (): Promise<IteratorResult<Item>> => {
    const next = iterator.next()
    next.catch(() => undefined) // whoever awaits it gets the error
    return next
  }
  let next = take()
  try {
    for (;;) {
      const { done, value } = await next
      if (done) return
      next = take()
      yield value
    }
  } finally {
    await iterator.return?.()
  }
}
