/** Large files are read, written and hashed in pieces, so that the thread that answers the window is never held for long. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hashTogether, pieceBytes, readHashed, writeThrough } from '#main/files/hashed'
import { temporaryFolder } from '../support/temporary-workspace.ts'

const pieces = 24
const bytes = new Uint8Array((pieces - 1) * pieceBytes + 5).map((_, at) => at % 251)
const sha256Of = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex')

/** How often the event loop came round to other work meanwhile. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0
  let isDone = false
  const count = (): void => {
    turns++
    if (!isDone) setImmediate(count)
  }
  setImmediate(count)
  await work()
  isDone = true
  return turns
}

describe('a large file', () => {
  it('is written and read whole, with the SHA-256 that it has', async () => {
    const file = join(temporaryFolder(), 'large')
    expect(await writeThrough(file, bytes, 0o600)).toBe(sha256Of(bytes))
    expect(sha256Of(readFileSync(file))).toBe(sha256Of(bytes))
    const read = await readHashed(file)
    expect(read.sha256).toBe(sha256Of(bytes))
    expect(sha256Of(read.bytes)).toBe(sha256Of(bytes))
  })

  it('lets other work go on at least once in every piece', async () => {
    const file = join(temporaryFolder(), 'large')
    expect(pieceBytes).toBeLessThanOrEqual(2 ** 20)
    expect(await turnsDuring(() => writeThrough(file, bytes, 0o600))).toBeGreaterThanOrEqual(pieces)
    expect(await turnsDuring(() => readHashed(file))).toBeGreaterThanOrEqual(pieces)
    expect(await turnsDuring(() => hashTogether({ large: bytes }))).toBeGreaterThanOrEqual(pieces)
  })
})

describe('the SHA-256 of several files together', () => {
  it('is over names and bytes, whatever order they come in', async () => {
    const [one, other] = [Uint8Array.of(1), Uint8Array.of(2)]
    const sha256 = await hashTogether({ a: one, b: other })
    expect(sha256).toBe(sha256Of(new TextEncoder().encode('a\0\u0001b\0\u0002')))
    expect(await hashTogether({ b: other, a: one })).toBe(sha256)
    expect(await hashTogether({ a: other, b: one })).not.toBe(sha256)
    expect(await hashTogether({ a: one })).not.toBe(sha256)
  })
})
