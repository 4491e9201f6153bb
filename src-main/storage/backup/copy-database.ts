/**
 * Copies the database as it is when the copy begins, in a thread with a connection of its own, so that the thread which answers the window
 * neither reads its pages nor waits until the copy is on the disk. Edits go on meanwhile.
 */
import { entryFile } from '#main/files/entry-file'
import { AppError } from '#main/core/errors'
import type { Database } from '../database.ts'
import { startDatabaseThread } from '../database-thread.ts'

/** The `workerData` of the thread. */
export interface CopyData {
  readonly from: string
  readonly to: string
}

/** Share that is copied, 0 to 1. */
export type CopyProgress = number

export interface CopyOptions {
  readonly signal?: AbortSignal | undefined
  /** Called with the share that is copied, 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined
}

const entry = entryFile(import.meta.url, './copy-thread.ts')

/** @param to a file that does not exist. @throws AppError 'storage'; what the signal is aborted with. */
export async function copyDatabase(
  database: Database,
  to: string,
  { signal, onProgress }: CopyOptions = {},
): Promise<void> {
  signal?.throwIfAborted()
  const { worker, end } = startDatabaseThread(entry, { from: database.path, to } satisfies CopyData)
  const stop = (): void => void end()
  signal?.addEventListener('abort', stop, { once: true })
  if (onProgress) worker.on('message', onProgress)
  try {
    await new Promise<void>((resolve, reject) => worker.once('error', reject).once('exit', () => resolve()))
  } catch (error) {
    throw error instanceof Error && !(error instanceof AppError) ? new AppError('storage', error.message) : error
  } finally {
    signal?.removeEventListener('abort', stop)
  }
  signal?.throwIfAborted()
}
