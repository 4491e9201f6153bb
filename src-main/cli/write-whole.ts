/** Writes a file whole or not at all: under a temporary name first, then renamed. */
import { rename, rm, writeFile } from 'node:fs/promises'
import { AppError } from '#main/core/errors'

export async function writeWhole(file: string, text: string): Promise<void> {
  const temporary = `${file}.${process.pid}.part`
  try {
    await writeFile(temporary, text, { flush: true })
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    const reason = error instanceof Error ? error.message : String(error)
    throw new AppError('storage', `${file} cannot be written: ${reason}. Choose another place or free some space.`)
  }
}
