/** Makes rows of what extractions found, in the background: while they go on, and for those of older versions when they are looked at. */
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'
import type { ServiceContext } from '../context.ts'

export interface RowListing {
  /** Makes rows of the documents that wait, unless that is under way. */
  wake(extractionId: number): void
  /** Resolves when all documents of an extraction that are there now are rows. */
  done(extractionId: number): Promise<void>
  close(): Promise<void>
}

export function createRowListing({ workspace: { results }, emit }: ServiceContext): RowListing {
  const working = new Map<number, Promise<void>>()
  let isClosed = false

  async function pause(): Promise<void> {
    await yieldToEventLoop()
    if (isClosed) throw new Closed()
  }

  async function work(extractionId: number): Promise<void> {
    try {
      while (!isClosed && results.isBehind(extractionId)) {
        await results.listRows(extractionId, pause)
        emit({ type: 'extractions-changed' })
      }
    } catch (error) {
      if (!(error instanceof Closed)) throw error
    } finally {
      working.delete(extractionId)
    }
  }

  function wake(extractionId: number): void {
    if (isClosed || working.has(extractionId) || !results.isBehind(extractionId)) return
    const going = work(extractionId)
    working.set(extractionId, going)
    // a disk that is full is told by whatever is written next; the rows are made when they are asked for again
    going.catch(() => undefined)
  }

  return {
    wake,
    async done(extractionId) {
      wake(extractionId)
      await working.get(extractionId)
    },
    async close() {
      isClosed = true
      await Promise.allSettled(working.values())
    },
  }
}

/** The program ends. */
class Closed extends Error {}
