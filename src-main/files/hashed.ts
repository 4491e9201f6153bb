/** SHA-256 of files, in pieces: between two of them the thread answers the window. */
import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'
import { setImmediate as yieldToEventLoop } from 'node:timers/promises'

/** Bytes that are hashed at once: a few milliseconds of work. */
export const pieceBytes = 2 ** 20

interface HashedBytes {
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Of `bytes`, as 64 lower-case hexadecimal digits. */
  readonly sha256: string
}

/** Reads a whole file into memory, with its SHA-256. @throws Error of the file system. */
export async function readHashed(file: string): Promise<HashedBytes> {
  const hash = createHash('sha256')
  const bytes = await readBytes(file, (piece) => hash.update(piece))
  return { bytes, sha256: hash.digest('hex') }
}

/** Reads a whole file into memory; `onPiece` gets one piece after the other. @throws Error of the file system. */
export async function readBytes(
  file: string,
  onPiece: (piece: Uint8Array) => void = () => undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const handle = await open(file, 'r')
  try {
    const { size } = await handle.stat()
    const bytes = new Uint8Array(size)
    let end = 0
    while (end < size) {
      const { bytesRead } = await handle.read(bytes, end, Math.min(pieceBytes, size - end), end)
      if (bytesRead === 0) break // it became shorter meanwhile
      onPiece(bytes.subarray(end, end + bytesRead))
      end += bytesRead
    }
    return end === size ? bytes : bytes.slice(0, end)
  } finally {
    await handle.close()
  }
}

/** SHA-256 of several files as one: over names and bytes, in the order of the names. */
export async function hashTogether(files: Readonly<Record<string, Uint8Array>>): Promise<string> {
  const hash = createHash('sha256')
  for (const name of Object.keys(files).sort()) {
    const bytes = files[name] ?? new Uint8Array()
    hash.update(`${name}\0`)
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      hash.update(bytes.subarray(at, at + pieceBytes))
      await yieldToEventLoop()
    }
  }
  return hash.digest('hex')
}

/** Creates or overwrites the file, and returns its SHA-256 once the disk has it. @throws Error of the file system. */
export async function writeThrough(file: string, bytes: Uint8Array, mode: number): Promise<string> {
  const hash = createHash('sha256')
  const handle = await open(file, 'w', mode)
  try {
    for (let at = 0; at < bytes.length;) {
      const piece = bytes.subarray(at, at + pieceBytes)
      const { bytesWritten } = await handle.write(piece)
      hash.update(piece.subarray(0, bytesWritten))
      at += bytesWritten
    }
    await handle.sync()
  } finally {
    await handle.close()
  }
  return hash.digest('hex')
}

/** Brings a file that was written to the disk. @throws Error of the file system. */
export async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  await handle.sync().finally(() => handle.close())
}
