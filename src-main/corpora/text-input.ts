/** TextInput: a Source as text, read piece by piece by one rule of decoding, so that memory does not grow with the file. */
import { AppError } from '#main/core/errors'
import type { Source } from '#main/core/source'
import { canReadOtherwise, DecodingError, describeFault, type OlderEncoding } from '#main/text/encoding-fault'
import { createTextDecoding } from '#main/text/text-decoding'
import { FileError } from './shared/problem-log.ts'

export interface TextInput {
  readonly name: string
  /** Number of bytes; null where it is not known before the end. */
  readonly size: number | null
  /**
   * The text from its beginning, without a byte order mark, in pieces of any length; an empty one tells that there is nothing
   * more for now. It may be read again.
   */
  pieces(): AsyncIterable<string>
  /** The text of a small file. @throws FileError when it is longer than `longestWhole`. */
  whole(): Promise<string>
  /** Another file of the same folder or archive; null when there is none. */
  beside(name: string): TextInput | null
}

export interface TextInputOptions {
  /** Encoding of files that are not UTF-8. */
  readonly encoding?: OlderEncoding | undefined
  readonly signal?: AbortSignal | undefined
  /** Called with each piece of text when a file is read for the first time, those beside it included. */
  readonly onText?: ((text: string) => void) | undefined
  /** Called with the number of bytes of each piece that is read. */
  readonly onBytes?: ((bytes: number) => void) | undefined
}

/** Code units that a file may have that is read whole, 128 million. */
export const longestWhole = 2 ** 27

/** @throws AppError 'invalid-input' with the place of the first byte that is no text, while the pieces are read. */
export function createTextInput(source: Source, options: TextInputOptions = {}): TextInput {
  const seen = new Set<string>()
  return inputOf(source, options, seen)
}

function inputOf(source: Source, options: TextInputOptions, seen: Set<string>): TextInput {
  const { name, size } = source
  async function* pieces(): AsyncGenerator<string> {
    const isFirst = !seen.has(name)
    seen.add(name)
    for await (const text of decoded(source, options)) {
      if (isFirst) options.onText?.(text)
      yield text
    }
  }
  return {
    ...{ name, size },
    pieces,
    async whole() {
      const parts: string[] = []
      let length = 0
      for await (const part of pieces()) {
        parts.push(part)
        length += part.length
        if (length > longestWhole)
          throw new FileError(`it is longer than ${longestWhole} characters, the most that this format is read with`)
      }
      return parts.join('')
    },
    beside(other) {
      const found = source.beside(other)
      return found && inputOf(found, options, seen)
    },
  }
}

async function* decoded(source: Source, options: TextInputOptions): AsyncGenerator<string> {
  const decoding = createTextDecoding(await encodingOf(source, options))
  try {
    for await (const bytes of source.open(options.signal)) {
      options.onBytes?.(bytes.length)
      const text = decoding.decode(bytes)
      if (text !== '' || bytes.length === 0) yield text
    }
    const text = decoding.end()
    if (text !== '') yield text
  } catch (error) {
    if (error instanceof DecodingError) throw notText(source, error)
    throw error
  }
}

/** The encoding that a person named is that of files that are not UTF-8: whether this one is, only all of it can say. */
async function encodingOf(source: Source, { encoding, signal }: TextInputOptions): Promise<OlderEncoding | undefined> {
  if (encoding === undefined) return undefined
  const decoding = createTextDecoding()
  try {
    for await (const bytes of source.open(signal)) decoding.decode(bytes)
    decoding.end()
    return undefined
  } catch (error) {
    if (error instanceof DecodingError && error.fault.encoding === 'utf-8') return encoding
    if (error instanceof DecodingError) throw notText(source, error)
    throw error
  }
}

function notText({ name }: Source, { fault }: DecodingError): AppError {
  const advice = canReadOtherwise(fault)
    ? 'Choose its encoding (--encoding windows-1252 or latin1 on the command line), or convert it: iconv -f WINDOWS-1252 -t UTF-8 old > new'
    : 'Give a text file in UTF-8.'
  return new AppError(
    'invalid-input',
    `${describeFault(name, fault)} ${advice}`,
    ...(canReadOtherwise(fault) ? ['older encoding'] : []),
  )
}
