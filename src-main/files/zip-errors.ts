/** Errors of zip archives, as sentences for the person. */
import { AppError } from '#main/core/errors'
import { unreadable } from './unreadable.ts'

const again = 'Copy or download the archive again, or ask whoever made it.'

/** A member's bytes are not those that the archive tells of. */
export function wrongMember(name: string): AppError {
  return new AppError(
    'invalid-input',
    `${name} is damaged: its bytes are not those that were put into the archive. ${again}`,
  )
}

export function twiceInArchive(name: string, path: string): AppError {
  return new AppError(
    'invalid-input',
    `${name} has two members called "${path}". Unpack it, keep the one that is right, and name the folder.`,
  )
}

/** The error for an archive that cannot be read; an AppError and a cancellation stay as they are. The zip reader's own errors have no code. */
export function archiveDamaged(name: string, error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error) || error.name === 'AbortError') return error
  if ('code' in error) return unreadable(name, error)
  return new AppError(
    'invalid-input',
    `${name} is no whole zip archive: ${error.message.replace(/[.?]+$/, '')}. ${again}`,
  )
}
