/** Decompression in pieces, with back-pressure, of one frame after another: a pack may hold several. */
import type { Gunzip, InflateRaw, ZstdDecompress } from 'node:zlib'

export type Decoder = Gunzip | InflateRaw | ZstdDecompress

/** Number of bytes of a decoded piece. */
export const decodedBytes = 2 ** 17

interface Decoding {
  readonly create: () => Decoder
  /** True where frames may follow the first one, as in gzip and zstd. */
  readonly isMany: boolean
  /** Called with the number of packed bytes that were given to the decoder, before it gets them. */
  onPacked?(count: number): void
}

/** Bytes follow the only frame that there may be. */
export class TrailingBytes extends Error {}

/**
 * The decoded bytes. Node's decoders end with the frame, or go on with the next one in silence, as the pieces happen to
 * fall; here what a frame leaves over is always decoded as the next one. Zeros at the end are padding.
 * @throws what `bytes` throws, what the decoder throws, or TrailingBytes.
 */
export async function* decodeFrames(
  bytes: AsyncIterable<Uint8Array>,
  { create, isMany, onPacked }: Decoding,
): AsyncGenerator<Uint8Array> {
  const iterator = bytes[Symbol.asyncIterator]()
  /** The part of a piece that lies behind the end of a frame. */
  let rest: Uint8Array | null = null
  async function next(): Promise<Uint8Array | null> {
    const left = rest
    rest = null
    if (left) return left
    const { done, value } = await iterator.next()
    if (done) return null
    onPacked?.(value.length)
    return value
  }
  async function hasMore(): Promise<boolean> {
    for (let piece = await next(); piece; piece = await next()) {
      const from = piece.findIndex((byte) => byte !== 0)
      if (from >= 0) rest = piece.subarray(from)
      if (from >= 0) return true
    }
    return false
  }
  try {
    do {
      const decoder = create()
      const feeding = feed(decoder, next)
      feeding.catch(() => undefined) // it fails with the decoder, which says why
      try {
        for await (const piece of decoder as AsyncIterable<Uint8Array>) yield piece
      } finally {
        decoder.destroy()
      }
      rest = await feeding
      if (rest && !isMany) throw new TrailingBytes()
    } while (rest && (await hasMore()))
  } finally {
    await iterator.return?.()
  }
}

/** Gives the decoder one piece at a time; resolves with what it left over, or null at the end of all. */
async function feed(decoder: Decoder, next: () => Promise<Uint8Array | null>): Promise<Uint8Array | null> {
  try {
    for (let piece = await next(); piece; piece = await next()) {
      const before = decoder.bytesWritten
      const taken = piece
      await new Promise<void>((resolve, reject) => decoder.write(taken, (error) => (error ? reject(error) : resolve())))
      const used = decoder.bytesWritten - before
      if (used < piece.length) return piece.subarray(used)
    }
    decoder.end()
    return null
  } catch (error) {
    decoder.destroy(error instanceof Error ? error : new Error(String(error)))
    throw error
  }
}
