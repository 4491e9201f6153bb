/** Files that a person names must be regular ones: reading a pipe, a socket or a device may wait for ever, or never end. */
import { constants } from 'node:buffer'
import { createReadStream, type Stats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { AppError } from '#main/core/errors'
import { readBytes } from './hashed.ts'

/**
 * Looks at what lies at the path, links followed, without opening it.
 * @param expected what the file should be: "a file of word vectors".
 * @throws AppError invalid-input when it is no regular file; Error of the file system when it cannot be looked at.
 */
export async function statRegular(file: string, expected: string): Promise<Stats> {
  const found = await stat(file)
  refuseIrregular(found, file, expected)
  return found
}

/** @throws AppError invalid-input when what was found under this name is no regular file. */
export function refuseIrregular(found: Stats, name: string, expected: string): void {
  if (found.isFile()) return
  if (found.isDirectory()) throw new AppError('invalid-input', `${name} is a folder; expected ${expected}.`)
  throw new AppError(
    'invalid-input',
    `${name} is ${kindOf(found)}; expected ${expected}. Write what it gives into a regular file, and name that file.`,
  )
}

/** No text is longer, so no text file of one-byte characters is larger. */
const mostBytes = constants.MAX_STRING_LENGTH

/**
 * Reads a file named on the command line, whole. A pipe that the shell made for this program, such as `<(…)` or
 * /dev/stdin, is read to its end: its writer is there already.
 * @throws AppError invalid-input as `statRegular` does, and when there is more than a text can hold.
 */
export async function readNamed(file: string, expected: string): Promise<Uint8Array> {
  const descriptor = descriptorOf(file)
  const found = await stat(file)
  if (descriptor !== null && (found.isFIFO() || found.isSocket())) return readToEnd(file, descriptor)
  const { size } = await statRegular(file, expected)
  if (size > mostBytes) throw tooLarge(file)
  return readBytes(file)
}

/** The number of an open file that the path stands for: /dev/fd/63; null where it stands for none. */
export function descriptorOf(file: string): number | null {
  if (file === '/dev/stdin') return 0
  const [, number] = /^\/(?:dev|proc\/self)\/fd\/(\d+)$/.exec(file) ?? []
  return number === undefined ? null : Number(number)
}

async function readToEnd(file: string, descriptor: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let length = 0
  for await (const piece of createReadStream('', { fd: descriptor }) as AsyncIterable<Uint8Array>) {
    pieces.push(piece)
    if ((length += piece.length) > mostBytes) throw tooLarge(file)
  }
  return Buffer.concat(pieces)
}

function tooLarge(file: string): AppError {
  return new AppError(
    'invalid-input',
    `${file} is larger than ${Math.floor(mostBytes / 1e6)} MB, the most that is read at once. Split it into several files.`,
  )
}

/** "a named pipe": what it is that is neither a regular file nor a folder. */
function kindOf(found: Stats): string {
  if (found.isFIFO()) return 'a named pipe'
  if (found.isSocket()) return 'a socket'
  return 'a device'
}
