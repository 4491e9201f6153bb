/** Writes an output file, whole or not at all. */
import { stat, realpath, writeFile } from 'node:fs/promises'
import { AppError } from '#main/core/errors'
import { replaceFile } from '#main/files/atomic'
import { alreadyThere } from '#main/files/unwritable'

/** Mode that a program creates files with: the person's own mask takes away from it. */
const usualMode = 0o666

/**
 * A link is followed and stays one, and a file that is replaced keeps its mode. What is no file, such as /dev/stdout or
 * a pipe, gets the text as it comes. @throws AppError storage naming the file and the reason.
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  try {
    const target = await realpath(file).catch(() => file)
    const present = await stat(target).catch(() => null)
    const bytes = new TextEncoder().encode(text)
    if (present === null || present.isFile())
      await replaceFile(target, bytes, present ? present.mode & 0o777 : usualMode)
    else await writeFile(target, bytes)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError('storage', `${file} cannot be written: ${reason}. Choose another place or free some space.`)
  }
}

/** Refuses a place where a file or folder is; a pipe or a device takes what is written. @throws AppError that says how to replace it. */
export async function refusePresent(place: string): Promise<void> {
  const present = await stat(place).catch(() => null)
  if (present?.isFile() || present?.isDirectory()) throw alreadyThere(place)
}
