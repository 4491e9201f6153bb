/** The body of a request: refused as soon as it is known to be too large, and read no further. */
import type { IncomingMessage } from 'node:http'
import { Refusal } from './refusal.ts'
import { largestBody } from './limits.ts'

/** Bytes that a body may take: as many as it states, or the most that any may have. @throws Refusal 413 when that is too much. */
export function bytesOf({ headers }: IncomingMessage): number {
  const stated = headers['content-length'] === undefined ? largestBody : Number(headers['content-length'])
  if (stated > largestBody) throw tooLarge()
  return stated
}

/** @throws Refusal 413 when it becomes larger than any may be. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  let length = 0
  // the connection stays, for the answer that refuses the body
  for await (const piece of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += piece.length
    if (length > largestBody) throw tooLarge()
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

const tooLarge = (): Refusal =>
  new Refusal(413, `The body is larger than ${largestBody} bytes. Send the documents in several requests.`)
