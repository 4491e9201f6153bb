/** Files that a person names must be regular ones: reading a pipe, a socket or a device may wait for ever, or never end. */
import type { Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { AppError } from '#main/core/errors'

/**
 * Looks at what lies at the path, links followed, without opening it.
 * @param expected what the file should be: "a file of word vectors".
 * @throws AppError invalid-input when it is no regular file; Error of the file system when it cannot be looked at.
 */
export async function statRegular(file: string, expected: string): Promise<Stats> {
  const found = await stat(file)
  if (found.isFile()) return found
  if (found.isDirectory()) throw new AppError('invalid-input', `${file} is a folder; expected ${expected}.`)
  throw new AppError(
    'invalid-input',
    `${file} is ${kindOf(found)}; expected ${expected}. Write what it gives into a regular file, and name that file.`,
  )
}

/** "a named pipe": what it is that is neither a regular file nor a folder. */
export function kindOf(found: Stats): string {
  if (found.isFIFO()) return 'a named pipe'
  if (found.isSocket()) return 'a socket'
  return 'a device'
}
