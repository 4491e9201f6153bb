/** Builds the index of a word-vector file in one reading, which also checks the file as a whole. */
import { createHash } from 'node:crypto'
import {
  closeSync,
  createReadStream,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { makePrivateFolder, privateFileMode } from '#main/files/private'
import { placeBinaryVectors } from '#main/pretrained/vector-binary'
import { placeInt8Vectors } from '#main/pretrained/vector-int8'
import { placeJsonVectors } from '#main/pretrained/vector-json'
import { placeTextVectors } from '#main/pretrained/vector-text'
import { recognizeVectors } from '#main/pretrained/word-vectors'
import { indexFormat, type IndexFacts, type IndexFiles } from './vector-index.ts'
import { collectPlaces } from './vector-places.ts'

/** Number of indexes that a folder keeps, the latest: each takes some tens of megabytes. */
const mostKept = 4

/** Bytes that are gathered before they are written. */
const pieceBytes = 2 ** 20

interface BuildOptions {
  readonly signal?: AbortSignal | undefined
  /** Called with the number of bytes of each piece that is read. */
  readonly onBytes?: (bytes: number) => void
}

/** @throws Error that names line, row or word where the file is no whole file of word vectors; Error of the file system. */
export async function buildIndex(
  file: string,
  folder: string,
  files: IndexFiles,
  { signal, onBytes }: BuildOptions,
): Promise<IndexFacts> {
  makePrivateFolder(folder)
  const hash = createHash('sha256')
  async function* raw(): AsyncGenerator<Uint8Array> {
    for await (const chunk of createReadStream(file, { highWaterMark: 2 ** 18 }) as AsyncIterable<Uint8Array>) {
      signal?.throwIfAborted()
      hash.update(chunk)
      onBytes?.(chunk.length)
      yield chunk
    }
  }
  const isPacked = await isGzip(file)
  const copy = openCopy(files.copy)
  try {
    const places = collectPlaces()
    const { layout, bytes } = await recognizeVectors(isPacked ? unpack(raw()) : raw(), path.basename(file))
    const name = path.basename(file)
    async function* copied(): AsyncGenerator<Uint8Array> {
      for await (const chunk of bytes) {
        if (isPacked && layout !== 'json') copy.write(chunk)
        yield chunk
      }
    }
    let width = { dimension: 0, source: '' }
    if (layout === 'text')
      width = await placeTextVectors(copied(), name, (spelling, { line, ...row }) =>
        places.add(spelling, { ...row, number: line }),
      )
    else if (layout === 'binary' || layout === 'int8') {
      const place = layout === 'binary' ? placeBinaryVectors : placeInt8Vectors
      width.dimension = await place(copied(), name, ({ spelling, row, ...found }) =>
        places.add(spelling, { ...found, number: row }),
      )
    } else {
      let number = 0
      width.dimension = await placeJsonVectors(copied(), name, (word, value) => {
        const row = new TextEncoder().encode(JSON.stringify([word, value]))
        places.add(word, { offset: copy.length, length: row.length, number: ++number })
        copy.write(row)
      })
    }
    const { buckets, starts, entries } = places.table()
    const placesBytes = writeWhole(files.places, [starts, entries])
    const isCopied = isPacked || layout === 'json'
    const copyBytes = isCopied ? copy.finish() : null
    const facts: IndexFacts = {
      ...{ format: indexFormat, sha256: hash.digest('hex'), layout, buckets, placesBytes, copyBytes },
      ...{ dimension: width.dimension, widthSource: width.source },
    }
    writeFileSync(`${files.facts}.part`, JSON.stringify(facts), { mode: privateFileMode })
    renameSync(`${files.facts}.part`, files.facts)
    dropOlder(folder)
    return facts
  } finally {
    copy.close()
  }
}

/** Unpacks a file as it is read; an error on the way is thrown to whoever reads. */
export function unpack(packed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  return pipeline(packed, createGunzip(), () => undefined)
}

export async function isGzip(file: string): Promise<boolean> {
  for await (const chunk of createReadStream(file, { end: 1 }) as AsyncIterable<Uint8Array>)
    return chunk[0] === 0x1f && chunk[1] === 0x8b
  return false
}

/** A file that is made with the first bytes that are written to it. */
function openCopy(file: string) {
  let descriptor: number | null = null
  let waiting: Uint8Array[] = []
  let [length, waitingBytes] = [0, 0]
  const flush = (): void => {
    descriptor ??= openSync(file, 'w', privateFileMode)
    for (const bytes of waiting) for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at)
    waiting = []
    waitingBytes = 0
  }
  return {
    get length() {
      return length
    },
    write(bytes: Uint8Array): void {
      waiting.push(bytes.slice())
      length += bytes.length
      waitingBytes += bytes.length
      if (waitingBytes >= pieceBytes) flush()
    },
    /** Number of bytes, all of which are written then. */
    finish(): number {
      flush()
      return length
    },
    close(): void {
      if (descriptor !== null) closeSync(descriptor)
    },
  }
}

function writeWhole(file: string, parts: readonly Uint32Array[]): number {
  const descriptor = openSync(file, 'w', privateFileMode)
  let length = 0
  try {
    for (const part of parts) {
      const bytes = new Uint8Array(part.buffer, part.byteOffset, part.byteLength)
      for (let at = 0; at < bytes.length;)
        at += writeSync(descriptor, bytes, at, Math.min(pieceBytes, bytes.length - at))
      length += bytes.length
    }
    return length
  } finally {
    closeSync(descriptor)
  }
}

/** Removes all but the latest indexes; what cannot be removed stays until the next time. */
function dropOlder(folder: string): void {
  const facts = readdirSync(folder).filter((name) => name.endsWith('.json'))
  const latestFirst = facts
    .map((name) => ({ key: name.slice(0, -'.json'.length), madeMs: statSync(path.join(folder, name)).mtimeMs }))
    .toSorted((a, b) => b.madeMs - a.madeMs)
  const kept = new Set(latestFirst.slice(0, mostKept).map(({ key }) => key))
  for (const name of readdirSync(folder)) {
    if (kept.has(name.replace(/\..*$/, ''))) continue
    try {
      rmSync(path.join(folder, name), { force: true })
    } catch {
      // another program looks into it
    }
  }
}
