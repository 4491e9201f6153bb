/** Word-vector files for runs: read once, only the rows that the training words need. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import path from 'node:path'
import { AppError } from '#main/api/errors'
import { parseWordVectors } from '#main/corpora/word-vectors'
import type { RunConfig } from '#main/runs/config'
import type { WordVectors } from '#main/worker/messages'

export interface ReadVectors {
  readonly vectors: WordVectors
  readonly identity: NonNullable<RunConfig['vectors']>
}

/** @throws AppError invalid-input naming the file, and the line or width that is wrong. */
export async function readWordVectors(file: string, words: ReadonlySet<string>): Promise<ReadVectors> {
  const hash = createHash('sha256')
  async function* text(): AsyncGenerator<string> {
    const decoder = new TextDecoder()
    for await (const chunk of createReadStream(file) as AsyncIterable<Uint8Array>) {
      hash.update(chunk)
      yield decoder.decode(chunk, { stream: true })
    }
    yield decoder.decode()
  }
  try {
    const vectors = await parseWordVectors(text(), path.basename(file), words)
    return { vectors, identity: { file, sha256: hash.digest('hex'), dimension: vectors.dimension } }
  } catch (error) {
    throw new AppError('invalid-input', describe(error, file))
  }
}

/** Refuses vectors of another width than the model's words. */
export function assertWidth({ identity }: ReadVectors, wordDimension: number): void {
  if (identity.dimension !== wordDimension)
    throw new AppError(
      'invalid-input',
      `${path.basename(identity.file)} holds vectors of width ${identity.dimension}, but the model's words are ${wordDimension} wide. Set the word width to ${identity.dimension} or choose other vectors.`,
    )
}

function describe(error: unknown, file: string): string {
  const { code, message } = error as NodeJS.ErrnoException // whatever was thrown, message at most is missing
  if (code === 'ENOENT') return `There is no word-vector file ${file}. Check the path, or train without vectors.`
  if (code === 'EISDIR') return `${file} is a folder; expected a text file with one word and its vector per line.`
  if (code === 'EACCES') return `${file} may not be read. Change its permissions or copy it elsewhere.`
  return message
}
