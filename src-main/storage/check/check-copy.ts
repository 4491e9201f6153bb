/** Checks a copy of the database in a thread, since such a check cannot be divided: a large database takes minutes. */
import { entryFile } from '#main/files/entry-file'
import type { Finding } from '#main/core/finding'
import { startDatabaseThread } from '../database-thread.ts'

export type ThreadMessage =
  | { readonly kind: 'progress'; readonly share: number; readonly title: string }
  | { readonly kind: 'findings'; readonly findings: readonly Finding[] }

/** The `workerData` of the thread. */
export interface CheckData {
  readonly file: string
  readonly isWhole: boolean
}

interface CheckCopyOptions {
  /** False for the quick check alone, which leaves out indexes and counts. */
  readonly isWhole?: boolean
  readonly onProgress?: (share: number, title: string) => void
  readonly signal?: AbortSignal | undefined
}

const entry = entryFile(import.meta.url, './check-thread.ts')

/** @throws what the thread throws; what the signal is aborted with. */
export async function checkCopy(
  file: string,
  { isWhole = true, onProgress, signal }: CheckCopyOptions = {},
): Promise<readonly Finding[]> {
  signal?.throwIfAborted()
  const findings: Finding[] = []
  const { worker, end } = startDatabaseThread(entry, { file, isWhole } satisfies CheckData)
  const stop = (): void => void end()
  signal?.addEventListener('abort', stop, { once: true })
  worker.on('message', (message: ThreadMessage) => {
    if (message.kind === 'progress') onProgress?.(message.share, message.title)
    else findings.push(...message.findings)
  })
  try {
    await new Promise<void>((resolve, reject) => worker.once('error', reject).once('exit', () => resolve()))
  } catch (error) {
    // a database that is damaged badly cannot even be looked through
    findings.push(unreadable(error))
  } finally {
    signal?.removeEventListener('abort', stop)
  }
  signal?.throwIfAborted()
  return findings
}

function unreadable(error: unknown): Finding {
  const reason = error instanceof Error ? error.message : String(error)
  return {
    what: `The database cannot be looked through: ${reason.replace(/ "espalier backup list".*$/, '')}`,
    advice: 'Restore the last backup into a new folder and go on there.',
  }
}
