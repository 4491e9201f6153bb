/** Fetches an export piece by piece and gives it to the person as a download. */
import type { Download } from '#main/api/corpora'
import { client } from '#window/client.ts'
import { saveBlob } from './save-text.ts'

export async function fetchDownload(
  { downloadId, fileName }: Pick<Download, 'downloadId' | 'fileName'>,
  signal?: AbortSignal,
): Promise<void> {
  let blob = new Blob([])
  for (let isLast = false; !isLast;) {
    const piece = await client.corpora.readDownload({ downloadId, offset: blob.size }, signal ? { signal } : {})
    const bytes = Uint8Array.from(atob(piece.base64), (letter) => letter.charCodeAt(0))
    blob = new Blob([blob, bytes])
    isLast = piece.isLast
  }
  saveBlob(fileName, blob)
}
