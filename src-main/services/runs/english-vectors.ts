/** The English word vectors that come with the program: read once, when a run first asks for them, and kept. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '#main/core/errors'
import { parseInt8Row, placeInt8Rows } from '#main/pretrained/vector-int8'
import type { WordVectors } from '#main/pretrained/vector-reader'
import { findResources } from '../system/resources.ts'

const file = path.join(findResources('vectors'), 'english.vectors')

export interface EnglishVectors {
  readonly sha256: string
  readonly dimension: number
  readonly words: Iterable<string>
  /** Vectors of those of `words` (lower case) that have one, in their order. */
  of(words: Iterable<string>): WordVectors
}

let opened: Promise<EnglishVectors> | null = null

/** @throws AppError storage where the file is gone or damaged. */
export function openEnglishVectors(): Promise<EnglishVectors> {
  return (opened ??= open().catch((error: unknown) => {
    opened = null
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError(
      'storage',
      `The word vectors that come with Espalier cannot be read (${reason}): install it again, or name a file of vectors.`,
    )
  }))
}

async function open(): Promise<EnglishVectors> {
  const bytes = await readFile(file)
  const rows = new Map<string, { readonly offset: number; readonly length: number }>()
  const dimension = placeInt8Rows(bytes, path.basename(file), ({ spelling, offset, length }) =>
    rows.set(spelling, { offset, length }),
  )
  return {
    sha256: createHash('sha256').update(bytes).digest('hex'),
    dimension,
    words: { [Symbol.iterator]: () => rows.keys() },
    of(asked) {
      const words = [...asked].filter((word) => rows.has(word))
      const values = new Float32Array(words.length * dimension)
      for (const [at, word] of words.entries()) {
        const { offset, length } = rows.get(word) ?? { offset: 0, length: 0 }
        const { vector } = parseInt8Row(bytes.subarray(offset, offset + length), dimension, `${file}, "${word}"`)
        values.set(vector, at * dimension)
      }
      return { dimension, words, values }
    },
  }
}
