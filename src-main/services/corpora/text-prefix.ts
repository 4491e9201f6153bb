/**
 * TextHash: a hash of a file that grows while the file is read. Where an import goes on, it is compared on the way with what was read before,
 * so that nothing is taken from a file that has changed meanwhile.
 */
import { createHash } from 'node:crypto'
import { AppError } from '#main/core/errors'

/** The beginning of a file's text. */
export interface TextPrefix {
  /** Length in code units. */
  readonly length: number
  readonly sha256: string
}

export interface TextHash {
  update(piece: string): void
  /** The beginning that has been read so far. */
  prefix(): TextPrefix
  /** SHA-256 of the whole text. */
  finish(): string
}

/**
 * @param former what an earlier attempt read of the file; null where it did not.
 * @throws AppError 'conflict' from `update` or `finish` where the file begins otherwise.
 */
export function createTextHash(name: string, former: TextPrefix | null): TextHash {
  const hash = createHash('sha256')
  let length = 0
  let isChecked = former === null
  const check = (): void => {
    isChecked = true
    if (former && (length !== former.length || hash.copy().digest('hex') !== former.sha256)) refuseChanged(name)
  }
  return {
    update(piece) {
      const left = former && !isChecked ? former.length - length : Infinity
      if (left > piece.length) {
        hash.update(piece)
        length += piece.length
        return
      }
      hash.update(piece.slice(0, left))
      length += left
      check()
      hash.update(piece.slice(left))
      length += piece.length - left
    },
    prefix: () => ({ length, sha256: hash.copy().digest('hex') }),
    finish() {
      if (!isChecked) check()
      return hash.digest('hex')
    },
  }
}

/** @throws AppError that names the file. */
export function refuseChanged(name: string): never {
  throw new AppError(
    'conflict',
    `${name} has changed since this import began, so that it cannot go on. Import the files again from the beginning.`,
  )
}
