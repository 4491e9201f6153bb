/** Uploads of this page: two files at once, over the same session as its calls. */
import { uploadFile } from '#window/base/upload.ts'
import { authorize } from './connection.ts'

/** Number of files that are sent at once. */
const mostAtOnce = 2

let running = 0
const waiting: (() => void)[] = []

/**
 * Sends a file, when its turn has come; resolves with the id that an import takes in place of a path.
 * @param onProgress called with the number of bytes that came.
 * @throws Error with a sentence for the person, or the signal's reason.
 */
export async function upload(
  file: File,
  onProgress: (received: number) => void,
  signal?: AbortSignal,
): Promise<{ readonly uploadId: string }> {
  if (running >= mostAtOnce) await new Promise<void>((resolve) => waiting.push(resolve))
  else running++
  try {
    return await uploadFile(file, { authorize, onProgress, signal })
  } finally {
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}
