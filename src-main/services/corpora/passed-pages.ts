/** Passed pages: sentences that one thread reads and another takes in, while it reads on. */
import { receiveMessageOnPort, type MessagePort } from 'node:worker_threads'
import type { NumberedPage } from './corpus-floor.ts'

/** A page, or null behind the last one. */
type Message = NumberedPage | null

export function passPage(port: MessagePort, page: NumberedPage): void {
  port.postMessage(page satisfies Message, [page.sentences.buffer])
}

export function endPages(port: MessagePort): void {
  port.postMessage(null satisfies Message)
  port.close()
}

/** Milliseconds of sleep where no page is there. */
const waitMs = 4

/** The pages in their order; null where the next one is not there yet, so that its taker can look at other messages. */
export function* pagesFrom(port: MessagePort): Generator<NumberedPage | null, void> {
  const clock = new Int32Array(new SharedArrayBuffer(4))
  try {
    for (;;) {
      const received = receiveMessageOnPort(port) as { readonly message: Message } | undefined // as passed above
      if (received?.message === null) return
      if (!received) Atomics.wait(clock, 0, 0, waitMs)
      yield received?.message ?? null
    }
  } finally {
    port.close()
  }
}
