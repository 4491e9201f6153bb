/** Failures of the file system on the way in, as sentences for the person. */
import { AppError } from '#main/core/errors'

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist. Check the path.',
  EACCES: 'this user may not read it. Change its permissions, or copy it to a folder of your own.',
  EPERM: 'this user may not read it. Change its permissions, or copy it to a folder of your own.',
  ELOOP: 'its links lead in a circle. Name the file itself.',
  ENOTDIR: 'a part of its path is a file. Check the path.',
  ENAMETOOLONG: 'its path is longer than the system allows. Check the path.',
}

/** The error for a file or folder that cannot be read; an AppError stays as it is. */
export function unreadable(name: string, error: unknown): AppError {
  if (error instanceof AppError) return error
  const { code = '', message } = error instanceof Error ? (error as NodeJS.ErrnoException) : { message: String(error) }
  const reason = reasons[code] ?? `${message}. Check the disk, or copy it elsewhere.`
  return new AppError(code === 'ENOENT' ? 'not-found' : 'storage', `${name} cannot be read: ${reason}`)
}

/** The error for a file that another program wrote to while it was read. */
export function changedMeanwhile(name: string): AppError {
  return new AppError(
    'conflict',
    `${name} changed while it was read. Wait until no other program writes to it, and read it again.`,
  )
}
