/** Failures of the file system on the way out, as sentences for the person. */
import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { AppError } from '#main/core/errors'

/** The error for a file that cannot be written; an AppError stays as it is. */
export function unwritable(file: string, error: unknown): AppError {
  if (error instanceof AppError) return error
  const { code = '', message } = error instanceof Error ? (error as NodeJS.ErrnoException) : { message: String(error) }
  return new AppError(
    'storage',
    `${file} cannot be written: ${reasonOf(file, code) ?? `${message}. Choose another place.`}`,
  )
}

function reasonOf(file: string, code: string): string | undefined {
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: existsSync(dirname(file))
      ? `${dirname(file)} takes no new files. Choose another place.`
      : `the folder ${dirname(file)} does not exist. Make it, or choose another place.`,
    ENOTDIR: `${dirname(file)} is not a folder. Choose another place.`,
    EACCES: `this user may not write to ${dirname(file)}. Choose another place.`,
    EPERM: `this user may not write to ${dirname(file)}. Choose another place.`,
    EROFS: `${dirname(file)} may only be read. Choose another place.`,
    ENOSPC: 'the disk is full. Free some space, or choose another place.',
    EDQUOT: 'your share of the disk is full. Free some space, or choose another place.',
    ENAMETOOLONG: 'its name is longer than the system allows. Choose a shorter one.',
  }
  return reasons[code]
}

/** Detail of the error for a place that is taken and may be replaced: each shell says in its own words how. */
export const mayBeReplaced = 'may be replaced'

export function alreadyThere(place: string): AppError {
  return new AppError(
    'conflict',
    `${place} is there already. Choose another name, or say that it is to be replaced.`,
    mayBeReplaced,
  )
}
