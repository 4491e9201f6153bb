/** ONNX messages as bytes (onnx.proto3 of ONNX 1.12, IR version 8). Weights are not copied: a model is a list of pieces. */
import { PbfWriter } from 'pbf'

/** Types of elements that the graphs use, by their numbers in TensorProto.DataType. */
export const elementTypes = { float: 1, int32: 6, int64: 7, bool: 9 } as const
export type ElementType = keyof typeof elementTypes

export type Attribute = number | string | readonly number[] | { readonly float: number }

export interface Node {
  readonly type: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: Readonly<Record<string, Attribute>>
}

export interface Initializer {
  readonly name: string
  readonly type: ElementType
  readonly shape: readonly number[]
  /** Values, little-endian. */
  readonly bytes: Uint8Array
}

/** An input or output; a dimension that is a name may have any length. */
export interface Port {
  readonly name: string
  readonly type: ElementType
  readonly shape: readonly (number | string)[]
}

export interface OnnxModel {
  /** Version of the program that writes it. */
  readonly version: string
  readonly description: string
  readonly nodes: readonly Node[]
  readonly initializers: readonly Initializer[]
  readonly inputs: readonly Port[]
  readonly outputs: readonly Port[]
}

/** IR version and operator set; LayerNormalization came with set 17. */
const [irVersion, operatorSet] = [8, 17]

const [asInt, asString, asFloat, asInts] = [2, 3, 1, 7]

/** Pieces of the file, in order. */
export function toPieces({ version, description, nodes, initializers, inputs, outputs }: OnnxModel): Uint8Array[] {
  const graph: Uint8Array[] = [
    ...nodes.map((node) => field(1, [nodeBytes(node)])).flat(),
    bytesOf((pbf) => pbf.writeStringField(2, 'espalier')),
    ...initializers.flatMap((initializer) => field(5, initializerPieces(initializer))),
    ...inputs.flatMap((port) => field(11, [portBytes(port)])),
    ...outputs.flatMap((port) => field(12, [portBytes(port)])),
  ]
  const head = bytesOf((pbf) => {
    pbf.writeVarintField(1, irVersion)
    pbf.writeStringField(2, 'Espalier')
    pbf.writeStringField(3, version)
    pbf.writeStringField(6, description)
  })
  const operators = bytesOf((pbf) => pbf.writeVarintField(2, operatorSet))
  return [head, ...field(7, graph), ...field(8, [operators])]
}

/** A field that holds a message: its tag, the length of the message, and the message itself. */
function field(number: number, message: readonly Uint8Array[]): Uint8Array[] {
  const length = message.reduce((sum, { byteLength }) => sum + byteLength, 0)
  const head = bytesOf((pbf) => {
    pbf.writeTag(number, 2)
    pbf.writeVarint(length)
  })
  return [head, ...message]
}

function bytesOf(write: (pbf: PbfWriter) => void): Uint8Array {
  const pbf = new PbfWriter()
  write(pbf)
  return pbf.finish()
}

function nodeBytes({ type, inputs, outputs, attributes }: Node): Uint8Array {
  return bytesOf((pbf) => {
    for (const name of inputs) pbf.writeStringField(1, name)
    for (const name of outputs) pbf.writeStringField(2, name)
    pbf.writeStringField(4, type)
    for (const [name, value] of Object.entries(attributes))
      pbf.writeMessage(5, (_: null, inner) => writeAttribute(name, value, inner), null)
  })
}

function writeAttribute(name: string, value: Attribute, pbf: PbfWriter): void {
  pbf.writeStringField(1, name)
  if (typeof value === 'number') {
    pbf.writeVarintField(3, value)
    pbf.writeVarintField(20, asInt)
  } else if (typeof value === 'string') {
    pbf.writeBytesField(4, new TextEncoder().encode(value))
    pbf.writeVarintField(20, asString)
  } else if ('float' in value) {
    pbf.writeFloatField(2, value.float)
    pbf.writeVarintField(20, asFloat)
  } else {
    for (const each of value) pbf.writeVarintField(8, each)
    pbf.writeVarintField(20, asInts)
  }
}

function initializerPieces({ name, type, shape, bytes }: Initializer): Uint8Array[] {
  const head = bytesOf((pbf) => {
    for (const length of shape) pbf.writeVarintField(1, length)
    pbf.writeVarintField(2, elementTypes[type])
    pbf.writeStringField(8, name)
  })
  return [head, ...field(9, [bytes])]
}

function portBytes({ name, type, shape }: Port): Uint8Array {
  const dimensions = shape.flatMap((length) =>
    field(1, [
      bytesOf((pbf) =>
        typeof length === 'number' ? pbf.writeVarintField(1, length) : pbf.writeStringField(2, length),
      ),
    ]),
  )
  const tensor = [bytesOf((pbf) => pbf.writeVarintField(1, elementTypes[type])), ...field(2, dimensions)]
  const pieces = [bytesOf((pbf) => pbf.writeStringField(1, name)), ...field(2, field(1, tensor))]
  return joined(pieces)
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { byteLength }) => sum + byteLength, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.byteLength
  }
  return whole
}
