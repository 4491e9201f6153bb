/** An unbounded queue of events that arrive by message and are consumed by one `for await` loop. */

export interface EventQueue<Item> extends AsyncIterable<Item> {
  push(item: Item): void
  /** Ends the loop after the queued events, by throwing the error where one is given. */
  end(error?: Error): void
}

/** Creates a queue. `onLeave` is called when the loop is left early. */
export function createEventQueue<Item>(onLeave: () => void): EventQueue<Item> {
  const items: Item[] = []
  let ended: { readonly error: Error | undefined } | null = null
  let wake: () => void = () => undefined
  return {
    push(item) {
      items.push(item)
      wake()
    },
    end(error) {
      ended ??= { error }
      wake()
    },
    async *[Symbol.asyncIterator]() {
      try {
        while (true) {
          while (items.length > 0) yield items.shift() as Item // the queue is not empty
          if (ended?.error) throw ended.error
          if (ended) return
          await new Promise<void>((resolve) => (wake = resolve))
        }
      } finally {
        if (!ended) onLeave()
      }
    },
  }
}
