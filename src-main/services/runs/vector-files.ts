/** Word-vector files: read once, as a stream, for an index; from then on only the rows of the words that are asked for. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import path from 'node:path'
import type { WordVectors } from '#main/pretrained/vector-reader'
import { statRegular } from '#main/files/regular'
import { AppError } from '#main/core/errors'
import { parseWordVectors } from '#main/pretrained/word-vectors'
import type { RunConfig } from '#main/runs/config'
import { englishVectors } from '#main/runs/vector-choice'
import { buildIndex, isGzip, unpack } from './build-vector-index.ts'
import { openEnglishVectors } from './english-vectors.ts'
import { findVectors, indexFiles, readFacts } from './vector-index.ts'

export interface FoundVectors {
  /** Of the words that have one, in the order in which they were asked for. */
  readonly vectors: WordVectors
  readonly identity: NonNullable<RunConfig['vectors']>
}

export interface VectorFiles {
  /**
   * Vectors of `words` (lower case); a file packed with gzip is unpacked on the way. In the place of a file
   * `englishVectors` names those that come with the program.
   * @throws AppError invalid-input naming the file, and the line, row or width that is wrong; cancelled by `signal`.
   */
  read(file: string, words: Iterable<string>, signal?: AbortSignal): Promise<FoundVectors>
}

export interface VectorFilesOptions {
  /** Called with the number of bytes of each piece that is read of a file of word vectors. */
  readonly onBytes?: (bytes: number) => void
}

/** @param folder where indexes are kept; made with the first of them. */
export function createVectorFiles(folder: string, { onBytes }: VectorFilesOptions = {}): VectorFiles {
  let reading: Promise<unknown> = Promise.resolve()

  async function read(file: string, words: readonly string[], signal?: AbortSignal): Promise<FoundVectors> {
    const files = indexFiles(
      folder,
      createHash('sha256')
        .update(await versionOf(file))
        .digest('hex')
        .slice(0, 32),
    )
    const options = { signal, ...(onBytes ? { onBytes } : {}) }
    try {
      const facts = readFacts(files) ?? (await buildIndex(file, folder, files, options))
      const { sha256, dimension } = facts
      return { vectors: await findVectors(file, files, facts, words, options), identity: { file, sha256, dimension } }
    } catch (error) {
      if (signal?.aborted) throw new AppError('cancelled', `Reading ${file} was cancelled.`)
      if (!isOfFolder(error, folder)) throw new AppError('invalid-input', describe(error, file))
    }
    // an index only saves time
    const { vectors, sha256 } = await readVectorFile(file, new Set(words), signal)
    return { vectors: inOrder(vectors, words), identity: { file, sha256, dimension: vectors.dimension } }
  }

  return {
    // one after the other: two readings of one large file at once help nobody
    read(file, words, signal) {
      if (file === englishVectors) return readEnglish(new Set(words))
      const result = reading.then(() => read(file, [...new Set(words)], signal))
      reading = result.catch(() => undefined)
      return result
    },
  }
}

async function readEnglish(words: Iterable<string>): Promise<FoundVectors> {
  const { sha256, dimension, of } = await openEnglishVectors()
  return { vectors: of(words), identity: { file: englishVectors, sha256, dimension } }
}

/** Tells whether an error means that an index cannot be written, or not read any more. */
function isOfFolder(error: unknown, folder: string): boolean {
  const { code = '', path: place } = error as NodeJS.ErrnoException
  return ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(code) || place?.startsWith(folder) === true
}

/** The vectors of a run that was made with this file. @throws AppError when the file has changed since. */
export async function readSameVectors(
  files: VectorFiles,
  { file, sha256 }: FoundVectors['identity'],
  words: Iterable<string>,
): Promise<WordVectors> {
  const { vectors, identity } = await files.read(file, words)
  if (identity.sha256 === sha256) return vectors
  if (file === englishVectors)
    throw new AppError(
      'invalid-input',
      'The English vectors that come with this version of Espalier are not those that the run was made with. Start a new run.',
    )
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

/** Reads the whole file. The hash is of the file as it lies there. */
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

/** The same vectors in the order of the words. */
function inOrder({ dimension, words, values }: WordVectors, asked: readonly string[]): WordVectors {
  const rows = new Map(words.map((word, row) => [word, row]))
  const found = asked.filter((word) => rows.has(word))
  const ordered = new Float32Array(found.length * dimension)
  found.forEach((word, at) => {
    const row = rows.get(word) ?? 0
    ordered.set(values.subarray(row * dimension, (row + 1) * dimension), at * dimension)
  })
  return { dimension, words: found, values: ordered }
}

function describe(error: unknown, file: string): string {
  const { code, message } = error as NodeJS.ErrnoException // whatever was thrown, message at most is missing
  if (code === 'ENOENT') return `There is no word-vector file ${file}. Check the path, or train without vectors.`
  if (code === 'EACCES') return `${file} may not be read. Change its permissions or copy it elsewhere.`
  if (code?.startsWith('Z_')) return `${file} is no complete gzip file (${message}): get it again.`
  return message
}
