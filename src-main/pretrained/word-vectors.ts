/**
 * Word vectors as published (GloVe, fastText and word2vec text, word2vec binary, wink JSON) and as Espalier brings
 * them. Only needed rows are kept.
 */
import type { ReadVectors, WordVectors } from './vector-reader.ts'
import { readBinaryVectors } from './vector-binary.ts'
import { int8Magic, readInt8Vectors } from './vector-int8.ts'
import { readJsonVectors } from './vector-json.ts'
import { collectRows } from './vector-rows.ts'
import { readTextVectors } from './vector-text.ts'

/** Number of first bytes by which the formats are told apart. */
const headLength = 4096

/**
 * Reads the bytes of `file` from chunks of any size and keeps the rows of `neededWords` (lower case), in the order of
 * the file. Words are looked up in lower case; of several spellings the lower-case one is preferred, else the first.
 * @throws Error that names line, row or word: when the format is another, a needed row has another width, or the file
 * has another number of rows than its beginning states.
 */
export async function parseWordVectors(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
  neededWords: ReadonlySet<string>,
): Promise<WordVectors> {
  const { layout, bytes } = await recognizeVectors(chunks, file)
  const rows = collectRows(neededWords)
  return rows.toVectors(await readers[layout](bytes, file, rows))
}

/** The layout of a file, and its bytes with those that were looked at. */
export async function recognizeVectors(
  chunks: AsyncIterable<Uint8Array>,
  file: string,
): Promise<{ readonly layout: VectorLayout; readonly bytes: AsyncIterable<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]()
  try {
    const head = await readHead(iterator)
    return { layout: layoutOf(head, file), bytes: follow(head, iterator) }
  } catch (error) {
    await iterator.return?.()
    throw error
  }
}

async function readHead(iterator: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let head: Uint8Array = new Uint8Array(0)
  while (head.length < headLength) {
    const { done, value } = await iterator.next()
    if (done) break
    const longer = new Uint8Array(head.length + value.length)
    longer.set(head)
    longer.set(value, head.length)
    head = longer
  }
  return head
}

async function* follow(head: Uint8Array, iterator: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield head
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value
  } finally {
    await iterator.return?.()
  }
}

/** Layouts of files of word vectors. */
export type VectorLayout = 'text' | 'binary' | 'json' | 'int8'

const readers: Readonly<Record<VectorLayout, ReadVectors>> = {
  text: readTextVectors,
  binary: readBinaryVectors,
  json: readJsonVectors,
  int8: readInt8Vectors,
}

/** The layout of a file, by its first bytes, since names of such files say little. @throws Error when it is an archive. */
function layoutOf(head: Uint8Array, file: string): VectorLayout {
  const latin1 = Array.from(head.subarray(0, headLength), (byte) => String.fromCharCode(byte)).join('')
  if (latin1.startsWith(int8Magic)) return 'int8'
  if (latin1.startsWith('PK\x03\x04'))
    throw new Error(`${file} is a zip archive: unpack it and choose the file of word vectors in it`)
  if (/^(\u00ef\u00bb\u00bf)?\s*\{\s*"/.test(latin1)) return 'json'
  const [header, width] = /^\d+ (\d+)\r?\n/.exec(latin1) ?? []
  return header && !isTextRow(latin1.slice(header.length), Number(width)) ? 'binary' : 'text'
}

/**
 * Whether numbers, broken ones included, follow the first space of a row. A window of 32 bytes is enough, since 32
 * bytes of floats are not all printable. Where the line is shorter, a float may happen to contain the byte of a line
 * feed, so two fields are required.
 */
function isTextRow(text: string, width: number): boolean {
  const [line = ''] = text.split('\n', 1)
  const end = line.slice(line.indexOf(' ') + 1).slice(-32)
  if (!line.includes(' ') || !/^[\x20-\x7e]+\r?$/.test(end)) return false
  const fields = end.trim().split(' ')
  return end.length === 32 || (fields.length >= Math.min(2, width) && fields.some((field) => beginsNumber.test(field)))
}

const beginsNumber = /^[-+]?(\.?\d|nan|inf)/i
