/** Events that arrive by message, read by `for await`: an unbounded queue with one reader. */

export interface EventQueue<Item> extends AsyncIterable<Item> {
  push(item: Item): void
  /** Ends the reader's loop after what is queued; with an error, by throwing it. */
  end(error?: Error): void
}

/** `onLeave` is called when the reader leaves its loop early. */
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
          while (items.length > 0) yield items.shift() as Item // there is one
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
