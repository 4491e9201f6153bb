/** One file that a browser sends in pieces: how far it has come, and the bytes on the disk. */
import { open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '#main/core/errors'
import { replaceFile } from './atomic.ts'
import { privateFileMode } from './private.ts'

export interface UploadState {
  readonly uploadId: string
  /** Name of the file, or its path in the folder that was chosen; it never becomes a path here. */
  readonly name: string
  /** Numbers of bytes: of the whole file, and of those that came without a gap. */
  readonly size: number
  readonly received: number
}

/** A piece begins after the bytes that came: it must begin at `received`, or before. */
export class WrongOffset extends AppError {
  override name = 'WrongOffset'
  readonly state: UploadState

  constructor(state: UploadState) {
    super('conflict', `Expected the bytes of ${state.name} from ${state.received} on.`)
    this.state = state
  }
}

export interface Upload {
  state(): UploadState
  /** Milliseconds since 1970 of the last byte. */
  touchedMs(): number
  /** Path of the file with its bytes. */
  readonly path: string
  /**
   * Adds a piece that begins at `offset`. Bytes that came before are passed over, so a piece may be sent again; a sender
   * that is still at work is replaced. What came stays when the piece breaks off.
   * @throws WrongOffset; AppError invalid-input when the piece goes beyond the size, storage when the disk is full.
   */
  write(offset: number, bytes: AsyncIterable<Uint8Array>): Promise<UploadState>
  remove(): Promise<void>
}

/** Note: the record that is kept beside the bytes. */
type Note = Pick<UploadState, 'name' | 'size'>

const noteFile = (folder: string, uploadId: string): string => join(folder, `${uploadId}.json`)
const bytesFile = (folder: string, uploadId: string): string => join(folder, `${uploadId}.bytes`)

/** Begins an upload in the folder. @throws Error of the file system. */
export async function beginUpload(folder: string, uploadId: string, note: Note, now: () => number): Promise<Upload> {
  await (await open(bytesFile(folder, uploadId), 'wx', privateFileMode)).close()
  await replaceFile(noteFile(folder, uploadId), new TextEncoder().encode(JSON.stringify(note)), privateFileMode)
  return createUpload(folder, { uploadId, ...note, received: 0 }, now(), now)
}

/** Finds an upload from before the program was started; null when it is not there, or no more whole. */
export async function findUpload(folder: string, uploadId: string, now: () => number): Promise<Upload | null> {
  try {
    const { name, size } = JSON.parse(await readFile(noteFile(folder, uploadId), 'utf8')) as Partial<Note>
    const handle = await open(bytesFile(folder, uploadId), 'r')
    const found = await handle.stat().finally(() => handle.close())
    if (typeof name !== 'string' || typeof size !== 'number' || found.size > size) return null
    return createUpload(folder, { uploadId, name, size, received: found.size }, found.mtimeMs, now)
  } catch {
    return null
  }
}

function createUpload(folder: string, first: UploadState, touched: number, now: () => number): Upload {
  const path = bytesFile(folder, first.uploadId)
  let state = first
  let touchedMs = touched
  /** The sender that may write: the one that came last. */
  let sender: object | null = null
  /** Settles when the last write to the disk is over. */
  let lastWrite: Promise<unknown> = Promise.resolve()

  async function append(own: object, bytes: Uint8Array): Promise<void> {
    if (sender !== own) throw new AppError('conflict', `Another sender goes on with ${state.name}.`)
    if (state.received + bytes.length > state.size)
      throw new AppError(
        'invalid-input',
        `${state.name} was announced with ${state.size} bytes, and more came. Send it anew.`,
      )
    const handle = await open(path, 'r+')
    try {
      for (let at = 0; at < bytes.length;) {
        const { bytesWritten } = await handle.write(bytes, at, bytes.length - at, state.received)
        at += bytesWritten
        state = { ...state, received: state.received + bytesWritten }
      }
    } catch (error) {
      throw fullDisk(state, error)
    } finally {
      await handle.close()
    }
  }

  return {
    path,
    state: () => state,
    touchedMs: () => touchedMs,
    async write(offset, bytes) {
      const own = {}
      sender = own
      await lastWrite
      if (offset > state.received) throw new WrongOffset(state)
      let known = state.received - offset
      for await (const piece of bytes) {
        const fresh = piece.subarray(Math.min(known, piece.length))
        known -= piece.length - fresh.length
        if (fresh.length === 0) continue
        const writing = append(own, fresh)
        lastWrite = writing.catch(() => undefined)
        await writing
        touchedMs = now()
      }
      return state
    },
    async remove() {
      sender = null
      await lastWrite
      await rm(path, { force: true })
      await rm(noteFile(folder, state.uploadId), { force: true })
    },
  }
}

function fullDisk({ name, received }: UploadState, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error
  return new AppError(
    'storage',
    `The disk of the workspace is full after ${(received / 1e6).toFixed(0)} MB of ${name}. Free some space and choose the file again.`,
  )
}
