/**
 * Frames: plain data with typed arrays in it, encoded as one block of bytes for connections that carry nothing else.
 */

type Binary = Uint8Array | Float32Array | Float64Array | Int32Array
const classes = { u8: Uint8Array, f32: Float32Array, f64: Float64Array, i32: Int32Array } as const
type BinaryType = keyof typeof classes

/** Path of a typed array in the data, with its length in bytes. */
interface Piece {
  readonly path: readonly (string | number)[]
  readonly type: BinaryType
  readonly length: number
}

interface Header {
  readonly data: unknown
  readonly pieces: readonly Piece[]
}

const lengthBytes = 4

/**
 * Encodes data as: length of the header (uint32, little-endian), header as JSON, typed arrays one after another. The
 * data is JSON with typed arrays anywhere inside. Their numbers are copied as they lie in memory, since both ends are
 * on one machine.
 */
export function encodeFrame(data: unknown): Uint8Array<ArrayBuffer> {
  const found: { piece: Piece; bytes: Uint8Array }[] = []
  const plain = takeOut(data, [], found)
  const header = new TextEncoder().encode(
    JSON.stringify({ data: plain, pieces: found.map(({ piece }) => piece) } satisfies Header),
  )
  const frame = new Uint8Array(found.reduce((sum, { bytes }) => sum + bytes.length, lengthBytes + header.length))
  new DataView(frame.buffer).setUint32(0, header.length, true)
  frame.set(header, lengthBytes)
  let offset = lengthBytes + header.length
  for (const { bytes } of found) {
    frame.set(bytes, offset)
    offset += bytes.length
  }
  return frame
}

/**
 * Decodes a frame. Every typed array of the result has a buffer of its own. @throws Error when the bytes are no frame,
 * or not a whole one.
 */
export function decodeFrame(frame: Uint8Array): unknown {
  const { data, pieces, offset } = readHeader(frame)
  let start = offset
  let root: unknown = data
  for (const { path, type, length } of pieces.map(toPiece)) {
    const end = start + length
    if (end > frame.length) throw new Error('The frame is cut off: its last bytes are missing.')
    // not a slice of the frame, which would be a view for Node's buffers
    const bytes = new Uint8Array(length)
    bytes.set(frame.subarray(start, end))
    root = putBack(root, path, new classes[type](bytes.buffer))
    start = end
  }
  return root
}

function readHeader(frame: Uint8Array): Header & { readonly offset: number } {
  const length =
    frame.length < lengthBytes ? Number.NaN : new DataView(frame.buffer, frame.byteOffset).getUint32(0, true)
  const offset = lengthBytes + length
  if (!(offset <= frame.length)) throw new Error('The frame is cut off: it is shorter than its header says.')
  return { ...(JSON.parse(new TextDecoder().decode(frame.subarray(lengthBytes, offset))) as Header), offset }
}

/**
 * Checks the description of a typed array, since whoever is connected may send anything. @throws Error when it
 * describes none.
 */
function toPiece({ path, type, length }: Piece): Piece {
  if (Array.isArray(path) && Object.hasOwn(classes, type) && Number.isSafeInteger(length) && length >= 0)
    return { path, type, length }
  throw new Error('The frame describes a piece that is none.')
}

/** The data with null in the place of typed arrays, which are collected in `found`. */
function takeOut(
  value: unknown,
  path: readonly (string | number)[],
  found: { piece: Piece; bytes: Uint8Array }[],
): unknown {
  if (isBinary(value)) {
    const { buffer, byteOffset, byteLength } = value
    const piece = { path, type: typeOf(value), length: byteLength }
    found.push({ piece, bytes: new Uint8Array(buffer, byteOffset, byteLength) })
    return null
  }
  if (Array.isArray(value)) return value.map((item, index) => takeOut(item, [...path, index], found))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, takeOut(item, [...path, key], found)]))
}

function putBack(root: unknown, path: readonly (string | number)[], binary: Binary): unknown {
  const last = path.at(-1)
  if (last === undefined) return binary
  const parent = path.slice(0, -1).reduce(insideOf, root)
  if (insideOf(parent, last) !== null) throw new Error('The frame has a piece for a place that holds something else.')
  // not by assignment, for which "__proto__" has a special meaning
  Object.defineProperty(parent, last, { value: binary, writable: true, enumerable: true, configurable: true })
  return root
}

/** Member of a value, only if it is the value's own: the path "__proto__" would lead to what all objects share. */
function insideOf(value: unknown, key: string | number): unknown {
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, key))
    return (value as Record<string | number, unknown>)[key]
  throw new Error(`The frame has a piece for a place that is not there: ${key}`)
}

function isBinary(value: unknown): value is Binary {
  return Object.values(classes).some((binary) => value instanceof binary)
}

function typeOf(value: Binary): BinaryType {
  if (value instanceof Float32Array) return 'f32'
  if (value instanceof Float64Array) return 'f64'
  return value instanceof Int32Array ? 'i32' : 'u8'
}
