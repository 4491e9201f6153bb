/** Files and standard input as text, by the one rule of `text/utf8`. */
import { buffer } from 'node:stream/consumers'
import { Option } from 'commander'
import { AppError } from '#main/core/errors'
import { readNamed } from '#main/files/regular'
import { canReadOtherwise, describeFault, olderEncodings, type OlderEncoding } from '#main/text/encoding-fault'
import { decodeText } from '#main/text/utf8'

export interface TextFile {
  /** The path as it was given. */
  readonly name: string
  readonly text: string
}

export function encodingOption(): Option {
  return new Option('--encoding <encoding>', 'how to read files that are not UTF-8').choices(olderEncodings)
}

/** @throws AppError naming the file when it cannot be read, or with the place of the byte that is no text. */
export async function readText(file: string, encoding?: OlderEncoding): Promise<TextFile> {
  const bytes = await readNamed(file, 'a text file').catch((error: NodeJS.ErrnoException) => {
    if (error instanceof AppError) throw error
    const reason = error.code === 'ENOENT' ? 'it does not exist' : error.message
    throw new AppError('not-found', `${file} cannot be read: ${reason}. Check the path.`)
  })
  return { name: file, text: decode(file, bytes, encoding) }
}

/** Standard input under the name "stdin.txt". @throws AppError as `readText` does. */
export async function readStandardInput(encoding?: OlderEncoding): Promise<TextFile> {
  return { name: 'stdin.txt', text: decode('standard input', await buffer(process.stdin), encoding) }
}

function decode(name: string, bytes: Uint8Array, encoding: OlderEncoding | undefined): string {
  const read = decodeText(bytes, encoding)
  if ('text' in read) return read.text
  const advice = canReadOtherwise(read.fault)
    ? ` Read it with --encoding windows-1252 (or latin1), or convert it: iconv -f WINDOWS-1252 -t UTF-8 old > new`
    : ' Give a text file in UTF-8.'
  throw new AppError('invalid-input', `${describeFault(name, read.fault)}${advice}`)
}
