/** Makes rows of what extractions found, in a thread: while they go on, and of those without rows when they are looked at. */
import type { ServiceContext } from '../context.ts'

export interface RowListing {
  /** Makes rows of the documents that wait, unless that is under way. */
  wake(extractionId: number): void
  /** Resolves when all documents of an extraction that are there now are rows. @throws AppError 'storage' when they cannot be made. */
  done(extractionId: number): Promise<void>
  close(): Promise<void>
}

export function createRowListing({ workspace, emit }: ServiceContext): RowListing {
  const lister = workspace.createRowLister()
  const { results } = workspace
  const working = new Map<number, Promise<void>>()

  async function work(extractionId: number): Promise<void> {
    try {
      while (results.isBehind(extractionId))
        await lister.list(extractionId, () => emit({ type: 'extractions-changed' }))
    } finally {
      working.delete(extractionId)
    }
  }

  function wake(extractionId: number): void {
    if (working.has(extractionId) || !results.isBehind(extractionId)) return
    const going = work(extractionId)
    working.set(extractionId, going)
    // the program ends, or the disk is full, which is told by whatever is written next; the rows are made when they are asked for again
    going.catch(() => undefined)
  }

  return {
    wake,
    async done(extractionId) {
      wake(extractionId)
      await working.get(extractionId)
    },
    async close() {
      await lister.close()
      await Promise.allSettled(working.values())
    },
  }
}
