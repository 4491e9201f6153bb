/** Free space of a disk, looked at before something large is written. */
import { statfs } from 'node:fs/promises'
import { AppError } from '#main/core/errors'

/** Bytes that stay free: other programs write too. */
const reserveBytes = 16e6

/** @throws AppError 'storage' when the disk of `folder`, which exists, has no room for `bytes`; `what` begins the sentence. */
export async function assertRoom(folder: string, bytes: number, what: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  if (free >= bytes + reserveBytes) return
  const [needed, left] = [bytes + reserveBytes, free].map((size) => (size / 1e6).toFixed(0))
  throw new AppError(
    'storage',
    `${what} needs ${needed} MB, and the disk of ${folder} has ${left} MB left. Free some space there, or choose another place.`,
  )
}
