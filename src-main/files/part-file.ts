/** A file under a temporary name beside its place: written in large pieces, and closed in between where many are open. */
import { open, rm, type FileHandle } from 'node:fs/promises'
import type { TextFile } from './open-sink.ts'
import { unwritable } from './unwritable.ts'

let made = 0

/** A path beside the place of a file or folder that no other export of this process uses. */
export function pathBeside(target: string, ending: 'part' | 'former'): string {
  return `${target}.${process.pid}-${++made}.${ending}`
}

/** Number of UTF-16 units that are gathered before they are written. */
const pieceLength = 2 ** 16

export interface PartFile extends TextFile {
  /** Brings everything to the disk and closes the file. */
  close(): Promise<void>
  /** Closes and removes it. */
  remove(): Promise<void>
}

/** The files of one export that are open, of which the one that was used longest ago is closed when there are too many. */
export class OpenFiles {
  readonly #open = new Set<() => Promise<void>>()
  readonly #most: number

  constructor(most = 64) {
    this.#most = most
  }

  /** Notes that a file was used; `close` closes it, and it may be opened again. */
  async use(close: () => Promise<void>): Promise<void> {
    this.#open.delete(close)
    this.#open.add(close)
    const [oldest] = this.#open
    if (this.#open.size <= this.#most || !oldest) return
    this.#open.delete(oldest)
    await oldest()
  }

  forget(close: () => Promise<void>): void {
    this.#open.delete(close)
  }
}

/**
 * The file is made with the first piece, or when it is closed.
 * @param coming its temporary path.
 * @param name what messages call it.
 */
export function createPartFile(coming: string, name: string, mode: number, files: OpenFiles): PartFile {
  let handle: FileHandle | null = null
  let isMade = false
  let gathered = ''

  async function flush(isLast: boolean): Promise<void> {
    // the first half of a pair waits for the second one
    const end = !isLast && /[\uD800-\uDBFF]$/.test(gathered) ? gathered.length - 1 : gathered.length
    const bytes = new TextEncoder().encode(gathered.slice(0, end))
    gathered = gathered.slice(end)
    handle ??= await open(coming, isMade ? 'a' : 'w', mode)
    isMade = true
    for (let at = 0; at < bytes.length;) at += (await handle.write(bytes, at)).bytesWritten
    await files.use(rest)
  }
  async function rest(): Promise<void> {
    const opened = handle
    handle = null
    try {
      await opened?.sync()
    } finally {
      await opened?.close()
    }
  }
  async function named<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw unwritable(name, error)
    }
  }

  return {
    async write(text) {
      gathered += text
      if (gathered.length >= pieceLength) await named(() => flush(false))
    },
    close: () =>
      named(async () => {
        if (gathered !== '' || !isMade) await flush(true)
        files.forget(rest)
        await rest()
      }),
    async remove() {
      files.forget(rest)
      await rest().catch(() => undefined) // what is removed need not be on the disk
      await rm(coming, { force: true })
    },
  }
}
