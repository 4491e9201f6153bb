/** Word-vector files: read in a stream, needed rows kept, so that the same file is not read again for words it was asked for. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import path from 'node:path'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { WordVectors } from '#main/pretrained/vector-reader'
import { statRegular } from '#main/files/regular'
import { AppError } from '#main/core/errors'
import { parseWordVectors } from '#main/pretrained/word-vectors'
import type { RunConfig } from '#main/runs/config'

export interface FoundVectors {
  /** Of the words that have one, in the order in which they were asked for. */
  readonly vectors: WordVectors
  readonly identity: NonNullable<RunConfig['vectors']>
}

export interface VectorFiles {
  /**
   * Vectors of `words` (lower case); a file packed with gzip is unpacked on the way.
   * @throws AppError invalid-input naming the file, and the line, row or width that is wrong; cancelled by `signal`.
   */
  read(file: string, words: Iterable<string>, signal?: AbortSignal): Promise<FoundVectors>
}

/** What is known of one version of a file; null for a word that has no vector there. */
interface KnownFile {
  readonly version: string
  readonly identity: FoundVectors['identity']
  readonly found: Map<string, Float32Array | null>
}

export function createVectorFiles(): VectorFiles {
  let known: KnownFile | null = null
  let reading: Promise<unknown> = Promise.resolve()

  async function read(file: string, words: readonly string[], signal?: AbortSignal): Promise<FoundVectors> {
    const version = await versionOf(file)
    const found = known?.version === version ? known.found : new Map<string, Float32Array | null>()
    const unknown = words.filter((word) => !found.has(word))
    if (!known || known.version !== version || unknown.length > 0) {
      const { vectors, sha256 } = await readVectorFile(file, new Set(unknown), signal)
      for (const word of unknown) found.set(word, null)
      vectors.words.forEach((word, row) => found.set(word, rowOf(vectors, row)))
      known = { version, identity: { file, sha256, dimension: vectors.dimension }, found }
    }
    return { vectors: toVectors(words, found, known.identity.dimension), identity: known.identity }
  }

  return {
    // one after the other: two readings of one large file at once help nobody
    read(file, words, signal) {
      const result = reading.then(() => read(file, [...new Set(words)], signal))
      reading = result.catch(() => undefined)
      return result
    },
  }
}

/** The vectors of a run that was made with this file. @throws AppError when the file has changed since. */
export async function readSameVectors(
  files: VectorFiles,
  { file, sha256 }: FoundVectors['identity'],
  words: Iterable<string>,
): Promise<WordVectors> {
  const { vectors, identity } = await files.read(file, words)
  if (identity.sha256 === sha256) return vectors
  throw new AppError(
    'invalid-input',
    `${file} has changed since the run was made. Put the former file back, or start a new run.`,
  )
}

async function versionOf(file: string): Promise<string> {
  try {
    const { size, mtimeMs } = await statRegular(file, 'a file of word vectors')
    return [file, size, mtimeMs].join('\n')
  } catch (error) {
    throw new AppError('invalid-input', describe(error, file))
  }
}

/** The hash is of the file as it lies there. */
export async function readVectorFile(
  file: string,
  words: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<{ vectors: WordVectors; sha256: string }> {
  const hash = createHash('sha256')
  async function* raw(): AsyncGenerator<Uint8Array> {
    for await (const chunk of createReadStream(file, { highWaterMark: 2 ** 18 }) as AsyncIterable<Uint8Array>) {
      signal?.throwIfAborted()
      hash.update(chunk)
      yield chunk
    }
  }
  try {
    const bytes = (await isGzip(file)) ? unpack(raw()) : raw()
    const vectors = await parseWordVectors(bytes, path.basename(file), words)
    return { vectors, sha256: hash.digest('hex') }
  } catch (error) {
    if (signal?.aborted) throw new AppError('cancelled', `Reading ${file} was cancelled.`)
    throw new AppError('invalid-input', describe(error, file))
  }
}

/** What breaks on the way reaches who reads. */
function unpack(packed: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  return pipeline(packed, createGunzip(), () => undefined)
}

async function isGzip(file: string): Promise<boolean> {
  for await (const chunk of createReadStream(file, { end: 1 }) as AsyncIterable<Uint8Array>)
    return chunk[0] === 0x1f && chunk[1] === 0x8b
  return false
}

function rowOf({ dimension, values }: WordVectors, row: number): Float32Array {
  return values.slice(row * dimension, (row + 1) * dimension)
}

function toVectors(
  words: readonly string[],
  found: ReadonlyMap<string, Float32Array | null>,
  dimension: number,
): WordVectors {
  const rows = words.flatMap((word) => {
    const vector = found.get(word)
    return vector ? [{ word, vector }] : []
  })
  const values = new Float32Array(rows.length * dimension)
  rows.forEach(({ vector }, row) => values.set(vector, row * dimension))
  return { dimension, words: rows.map(({ word }) => word), values }
}

function describe(error: unknown, file: string): string {
  const { code, message } = error as NodeJS.ErrnoException // whatever was thrown, message at most is missing
  if (code === 'ENOENT') return `There is no word-vector file ${file}. Check the path, or train without vectors.`
  if (code === 'EACCES') return `${file} may not be read. Change its permissions or copy it elsewhere.`
  if (code?.startsWith('Z_')) return `${file} is no complete gzip file (${message}): get it again.`
  return message
}
