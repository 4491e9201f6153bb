/** Files that browsers send, in a private folder: begun when there is room, resumed, held by imports, and cleaned away. */
import { randomBytes } from 'node:crypto'
import { readdir, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#main/core/errors'
import { makePrivateFolder } from './private.ts'
import { beginUpload, findUpload, type Upload, type UploadState } from './upload.ts'
import { expandUpload } from './uploaded-source.ts'
import type { Expanded } from './zip.ts'

export interface Uploads {
  /** Finds what imports from before this start hold, and empties the folder of everything else that uploads left. */
  restore(): Promise<void>
  /** @throws AppError storage when the disk has no room for it, before a byte is sent. */
  begin(name: string, size: number): Promise<UploadState>
  /** @throws AppError not-found, as all that follow. */
  state(uploadId: string): UploadState
  /** Adds a piece, as `Upload.write` does. */
  write(uploadId: string, offset: number, bytes: AsyncIterable<Uint8Array>): Promise<UploadState>
  remove(uploadId: string): Promise<void>
  /** Keeps an upload from being cleaned away. Returns the function that lets it go. */
  hold(uploadId: string): () => void
  /**
   * The sources of an upload that came whole, and what is left out of it.
   * @param among the uploads of the same choice: they lie beside one another as they did in the folder that was chosen.
   */
  expand(uploadId: string, among?: readonly string[], signal?: AbortSignal): Promise<Expanded>
  /** Removes what is older than a day and held by nobody. */
  sweep(): Promise<void>
  close(): void
}

export interface UploadOptions {
  /** Made with the first upload. */
  readonly folder: string
  /** True for an upload that an import from before this start still needs: it is kept then. */
  readonly isHeld?: (uploadId: string) => boolean
  /** Number of bytes that are free on the disk of the folder. */
  readonly freeBytes?: () => Promise<number>
  /** Milliseconds since 1970. */
  readonly now?: () => number
}

/** Names of the files that uploads leave in their folder; anything else there is somebody's own. */
const ownFile = /^[\w-]{32}\.(bytes|json|json\.\d+\.part)$/

/** Number of bytes of the disk that uploads leave: what is imported from them needs room too. */
const reserveBytes = 512e6
const dayMs = 24 * 3_600_000
const sweepMs = 3_600_000

export function createUploads({ folder, isHeld = () => false, now = Date.now, ...options }: UploadOptions): Uploads {
  const freeBytes = options.freeBytes ?? (() => freeOn(folder))
  const uploads = new Map<string, Upload>()
  const holds = new Map<string, number>()

  function find(uploadId: string): Upload {
    const found = uploads.get(uploadId)
    if (!found) throw new AppError('not-found', 'This upload is not there any more. Choose the file again.')
    return found
  }
  async function sweep(): Promise<void> {
    for (const [uploadId, upload] of uploads) {
      const isOld = now() - upload.touchedMs() > dayMs
      if (isOld && !holds.has(uploadId) && !isHeld(uploadId)) await remove(uploadId)
    }
  }
  async function remove(uploadId: string): Promise<void> {
    const upload = find(uploadId)
    if (holds.has(uploadId))
      throw new AppError('conflict', `${upload.state().name} is being imported. Cancel the import first.`)
    uploads.delete(uploadId)
    await upload.remove()
  }
  /** Number of bytes that other uploads still have to bring. */
  const promised = (): number =>
    [...uploads.values()].reduce((sum, upload) => sum + upload.state().size - upload.state().received, 0)

  const timer = setInterval(() => void sweep().catch(() => undefined), sweepMs).unref()
  return {
    async restore() {
      const files = await readdir(folder).catch(() => [])
      for (const file of files.filter((name) => ownFile.test(name))) {
        const [uploadId = ''] = file.split('.')
        const found = uploads.get(uploadId) ?? (isHeld(uploadId) ? await findUpload(folder, uploadId, now) : null)
        if (found) uploads.set(uploadId, found)
        else await rm(join(folder, file), { recursive: true, force: true })
      }
    },
    async begin(name, size) {
      makePrivateFolder(folder)
      const room = Math.max(0, (await freeBytes()) - reserveBytes - promised())
      if (size > room) throw noRoom(name, size, room)
      const uploadId = randomBytes(24).toString('base64url')
      const upload = await beginUpload(folder, uploadId, { name, size }, now)
      uploads.set(uploadId, upload)
      return upload.state()
    },
    state: (uploadId) => find(uploadId).state(),
    write: async (uploadId, offset, bytes) => find(uploadId).write(offset, bytes),
    remove,
    hold(uploadId) {
      find(uploadId)
      holds.set(uploadId, (holds.get(uploadId) ?? 0) + 1)
      let isHeldHere = true
      return () => {
        const count = holds.get(uploadId) ?? 0
        if (isHeldHere && count > 1) holds.set(uploadId, count - 1)
        else if (isHeldHere) holds.delete(uploadId)
        isHeldHere = false
      }
    },
    expand: async (uploadId, among = [uploadId], signal) => expandUpload(find(uploadId), among.map(find), signal),
    sweep,
    close: () => clearInterval(timer),
  }
}

async function freeOn(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

function noRoom(name: string, size: number, room: number): AppError {
  const [needed, left] = [size, room].map((bytes) => `${(bytes / 1e9).toFixed(1)} GB`)
  return new AppError(
    'storage',
    `${name} has ${needed}, and uploads may take ${left} of the disk of the workspace. Free some space, or import the file by its path on the command line.`,
  )
}
