/** Graph: nodes of an ONNX model, collected in the order in which they are computed. A value is the name of what a node gives. */
import type { NamedTensor } from '#main/pretrained/safetensors'
import type { Attribute, ElementType, Initializer, Node, OnnxModel, Port } from './wire.ts'

export type Value = string

export interface Graph {
  input(port: Port): Value
  output(value: Value, port: Port): void
  /** A weight under its own name; what is asked for again is stored once. */
  weight(name: string, tensor: NamedTensor): Value
  ints(values: readonly number[]): Value
  /** One number, of no dimension. */
  float(value: number): Value
  /** A node with one result. */
  node(type: string, inputs: readonly Value[], attributes?: Readonly<Record<string, Attribute>>): Value
  parts(): Pick<OnnxModel, 'nodes' | 'initializers' | 'inputs' | 'outputs'>
}

export function createGraph(): Graph {
  const nodes: Node[] = []
  const initializers = new Map<string, Initializer>()
  const [inputs, outputs]: [Port[], Port[]] = [[], []]

  function constant(name: string, type: ElementType, shape: readonly number[], values: ArrayBufferView): Value {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
    if (!initializers.has(name)) initializers.set(name, { name, type, shape, bytes })
    return name
  }

  return {
    input(port) {
      inputs.push(port)
      return port.name
    },
    output(value, port) {
      outputs.push(port)
      nodes.push({ type: 'Identity', inputs: [value], outputs: [port.name], attributes: {} })
    },
    weight: (name, { shape, values }) => constant(name, 'float', shape, values),
    ints: (values) =>
      constant(`ints ${values.join(' ')}`, 'int64', [values.length], BigInt64Array.from(values, BigInt)),
    float: (value) => constant(`float ${value}`, 'float', [], new Float32Array([value])),
    node(type, from, attributes = {}) {
      const value = `${type} ${nodes.length}`
      nodes.push({ type, inputs: from, outputs: [value], attributes })
      return value
    },
    parts: () => ({ nodes, initializers: [...initializers.values()], inputs, outputs }),
  }
}

/** x [.., input] → [.., output] by a kernel [input, output] and a bias, where there is one. */
export function affine(graph: Graph, x: Value, kernel: Value, bias?: Value): Value {
  const product = graph.node('MatMul', [x, kernel])
  return bias === undefined ? product : graph.node('Add', [product, bias])
}

export function concatenated(graph: Graph, values: readonly Value[]): Value {
  const [only] = values
  return values.length === 1 && only !== undefined ? only : graph.node('Concat', values, { axis: -1 })
}
