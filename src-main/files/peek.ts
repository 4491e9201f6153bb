/** The first bytes of a stream, looked at before it is read. */

interface Peeked {
  /** The first bytes; fewer than were asked for when there are no more. */
  readonly head: Uint8Array
  /** All bytes, the first ones included. */
  readonly all: AsyncIterable<Uint8Array>
  /** Lets the stream go, whether or not `all` was read. */
  close(): Promise<void>
}

/** Reads `length` bytes ahead. @throws what the stream throws, after letting it go. */
export async function peek(bytes: AsyncIterable<Uint8Array>, length: number): Promise<Peeked> {
  const iterator = bytes[Symbol.asyncIterator]()
  const close = async (): Promise<void> => void (await iterator.return?.())
  const read: Uint8Array[] = []
  let count = 0
  while (count < length) {
    const { done, value } = await iterator.next()
    if (done) break
    read.push(value)
    count += value.length
  }
  async function* readAll(): AsyncGenerator<Uint8Array> {
    yield* read.splice(0)
    yield* { [Symbol.asyncIterator]: () => iterator }
  }
  return { head: Buffer.concat(read).subarray(0, length), all: readAll(), close }
}
