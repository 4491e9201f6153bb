/** Downloads: exports for a window that cannot name a path of this machine; it fetches them in pieces, a folder as a zip archive. */
import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, open as openHandle, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DownloadPiece } from '#main/api/corpora'
import { AppError } from '#main/core/errors'
import { openFileSink } from '#main/files/file-sink'
import type { OpenSink } from '#main/files/open-sink'
import { openZipSink } from '#main/files/zip-sink'

/** Bytes of a piece. */
const pieceBytes = 2 ** 20

/** Opens where an export goes: a sink for one file, or for a folder of several. */
export type OpenOutput = (layout: 'file' | 'folder', fileName: string) => Promise<OpenSink>

interface Exported {
  readonly fileName: string
}

export interface Downloads {
  /** Lets `write` export into a temporary file. */
  prepare<Export extends Exported>(
    write: (open: OpenOutput) => Promise<Export>,
  ): Promise<Export & { readonly downloadId: string }>
  /** The bytes from an offset on; after the last piece the file is gone. @throws AppError 'not-found'. */
  read(download: { readonly downloadId: string; readonly offset: number }): Promise<DownloadPiece>
}

export function createDownloads(): Downloads {
  const folders = new Map<string, string>()
  return {
    async prepare(write) {
      const folder = await mkdtemp(join(tmpdir(), 'espalier-download-'))
      try {
        const path = join(folder, 'export')
        let isZip = false
        const exported = await write((layout, name) => {
          isZip = layout === 'folder'
          return isZip ? openZipSink(createWriteStream(path), `${name}.zip`) : openFileSink(path)
        })
        const downloadId = randomUUID()
        folders.set(downloadId, folder)
        return { ...exported, downloadId, fileName: isZip ? `${exported.fileName}.zip` : exported.fileName }
      } catch (error) {
        await rm(folder, { recursive: true, force: true })
        throw error
      }
    },
    async read({ downloadId, offset }) {
      const folder = folders.get(downloadId)
      if (folder === undefined)
        throw new AppError('not-found', `There is no download ${downloadId} that waits. Export again.`)
      const file = await openHandle(join(folder, 'export'))
      try {
        const { size } = await file.stat()
        const { buffer, bytesRead } = await file.read(Buffer.alloc(pieceBytes), 0, pieceBytes, offset)
        const isLast = offset + bytesRead >= size
        if (isLast) {
          folders.delete(downloadId)
          await rm(folder, { recursive: true, force: true })
        }
        return { base64: buffer.toString('base64', 0, bytesRead), bytes: bytesRead, isLast }
      } finally {
        await file.close()
      }
    },
  }
}
