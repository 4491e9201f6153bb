/**
 * Safetensors: named float32 tensors as bytes. Eight bytes of header length, a JSON header, then the values,
 * little-endian.
 */
import { sizeOf } from './show-shape.ts'

export interface NamedTensor {
  readonly shape: readonly number[]
  readonly values: Float32Array
}

interface HeaderEntry {
  readonly dtype: string
  readonly shape: number[]
  readonly data_offsets: [number, number]
}

const bytesPerValue = 4
const lengthBytes = 8

interface Reader {
  readonly width: number
  /** Converts bytes that start at a multiple of eight in a buffer of their own. */
  read(bytes: Uint8Array<ArrayBuffer>): Float32Array
}

/** Converters by data type. Half precision is widened; files are always written in float32. */
const readers: Readonly<Record<string, Reader>> = {
  F32: { width: 4, read: ({ buffer }) => new Float32Array(buffer) },
  F16: { width: 2, read: ({ buffer }) => Float32Array.from(new Float16Array(buffer)) },
  // the upper half of a float32
  BF16: {
    width: 2,
    read: ({ buffer }) => new Float32Array(Uint32Array.from(new Uint16Array(buffer), (half) => half << 16).buffer),
  },
}

/** Data types that are read as numbers. */
export const floatTypes: readonly string[] = Object.keys(readers)

/**
 * Bytes of tensors in the order of the map. The header is padded so that the values start at a multiple of eight
 * bytes.
 */
export function serializeTensors(tensors: ReadonlyMap<string, NamedTensor>): Uint8Array<ArrayBuffer> {
  // without a prototype, so that the name of a tensor cannot be one of an object's own
  const header = Object.create(null) as Record<string, HeaderEntry>
  let end = 0
  for (const [name, { shape, values }] of tensors) {
    const start = end
    end += values.length * bytesPerValue
    header[name] = { dtype: 'F32', shape: [...shape], data_offsets: [start, end] }
  }
  const json = new TextEncoder().encode(JSON.stringify(header))
  const headerLength = Math.ceil(json.length / 8) * 8
  const bytes = new Uint8Array(lengthBytes + headerLength + end)
  bytes.fill(0x20, lengthBytes, lengthBytes + headerLength)
  bytes.set(json, lengthBytes)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerLength), true)
  let at = lengthBytes + headerLength
  for (const { values } of tensors.values()) {
    // copied as they lie in memory: every machine that TensorFlow.js runs on is little-endian
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at)
    at += values.byteLength
  }
  return bytes
}

/**
 * Parses the float tensors of a file; `passOver` is called for tensors of integers. @throws Error that names the file
 * and the tensor.
 */
export function parseTensors(
  bytes: Uint8Array,
  file: string,
  passOver: (name: string, type: string) => void = () => undefined,
): Map<string, NamedTensor> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const header = parseHeader(bytes, view, file)
  const start = lengthBytes + Number(view.getBigUint64(0, true))
  const tensors = new Map<string, NamedTensor>()
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue
    if (!isEntry(entry))
      throw new Error(
        `${file}: expected dtype, shape and data_offsets of ${name} in the header, found ${JSON.stringify(entry).slice(0, 200)}. Get the file again.`,
      )
    const {
      dtype,
      shape,
      data_offsets: [from, to],
    } = entry
    const reader = Object.hasOwn(readers, dtype) ? readers[dtype] : undefined
    // integers beside the weights, such as position ids, are not needed by the model
    if (!reader && /^[IU]\d+$|^BOOL$/.test(dtype)) {
      passOver(name, dtype)
      continue
    }
    if (!reader) throw new Error(`${file}: ${name} is stored as ${dtype}, expected one of ${floatTypes.join(', ')}`)
    if (to - from !== sizeOf(shape) * reader.width || start + to > bytes.length)
      throw new Error(`${file}: ${name} is cut off or of another size than its shape [${shape.join(', ')}] says`)
    // a copy by the constructor: slicing one of Node's buffers would only give a view of it
    tensors.set(name, { shape, values: reader.read(new Uint8Array(bytes.subarray(start + from, start + to))) })
  }
  return tensors
}

function isEntry(entry: unknown): entry is HeaderEntry {
  if (typeof entry !== 'object' || entry === null) return false
  const { dtype, shape, data_offsets: offsets } = entry as Partial<Record<keyof HeaderEntry, unknown>>
  return typeof dtype === 'string' && areCounts(shape) && areCounts(offsets) && offsets.length === 2
}

const areCounts = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((count) => Number.isSafeInteger(count) && (count as number) >= 0)

/** Header of the file; the caller checks its entries one by one. @throws Error when it is no JSON object. */
function parseHeader(bytes: Uint8Array, view: DataView, file: string): Record<string, unknown> {
  const length = bytes.length >= lengthBytes ? Number(view.getBigUint64(0, true)) : Number.POSITIVE_INFINITY
  if (lengthBytes + length > bytes.length) throw new Error(`${file} is not a safetensors file, or it is cut off`)
  const header = parseJson(bytes.subarray(lengthBytes, lengthBytes + length), file)
  if (typeof header === 'object' && header !== null && !Array.isArray(header)) return header as Record<string, unknown>
  throw new Error(`${file} is not a safetensors file: its header is no JSON object`)
}

function parseJson(bytes: Uint8Array, file: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new Error(`${file} is not a safetensors file: its header is not JSON`)
  }
}
