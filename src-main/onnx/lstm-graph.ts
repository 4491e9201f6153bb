/** The LSTM encoder as nodes: word vectors with their features, then a bidirectional LSTM (models/encoders/lstm-encoder.ts). */
import type { LstmEncoder } from '#main/runs/config'
import type { NamedTensor } from '#main/pretrained/safetensors'
import { concatenated, type Graph, type Value } from './graph.ts'
import type { WeightOf } from './weight-of.ts'

const directions = ['forward', 'backward'] as const

/** ONNX lists the gates as i, o, f, c; the weights hold them as i, f, c, o. */
const gatesFrom = [0, 3, 1, 2] as const

/** States H [B, n, 2h]; rows of padding are 0. @param lengths number of words of each sentence [B]. */
export function lstmStates(graph: Graph, encoder: LstmEncoder, lengths: Value, weightOf: WeightOf): Value {
  const { hidden, casingDimension, posDimension } = encoder
  const look = (table: string, input: string): Value =>
    graph.node('Gather', [
      graph.weight(table, weightOf(table)),
      graph.input({ name: input, type: 'int64', shape: ['sentences', 'words'] }),
    ])
  const read = concatenated(graph, [
    look('embedding.word', 'words'),
    ...(casingDimension > 0 ? [look('embedding.casing', 'casing')] : []),
    ...(posDimension > 0 ? [look('embedding.pos', 'pos')] : []),
  ])
  const steps = graph.node('Transpose', [read], { perm: [1, 0, 2] })
  const of = (part: string): readonly NamedTensor[] =>
    directions.map((direction) => weightOf(`encoder.${direction}.${part}`))
  const states = graph.node(
    'LSTM',
    [
      steps,
      graph.weight('encoder.kernel', stacked(of('kernel').map((kernel) => gateRows(kernel, hidden)))),
      graph.weight('encoder.recurrent', stacked(of('recurrent').map((kernel) => gateRows(kernel, hidden)))),
      graph.weight('encoder.bias', stacked(of('bias').map((bias) => bothBiases(bias, hidden)))),
      graph.node('Cast', [lengths], { to: 6 }),
    ],
    { hidden_size: hidden, direction: 'bidirectional' },
  )
  // [n, 2, B, h] → [B, n, 2, h] → [B, n, 2h]
  const byWord = graph.node('Transpose', [states], { perm: [2, 0, 1, 3] })
  return graph.node('Reshape', [byWord, graph.ints([0, 0, 2 * hidden])])
}

/** A kernel [input, 4h] as rows of gates [4h, input]. */
function gateRows({ shape: [inputs = 0], values }: NamedTensor, hidden: number): NamedTensor {
  const rows = new Float32Array(values.length)
  gatesFrom.forEach((gate, at) => {
    for (let unit = 0; unit < hidden; unit++)
      for (let input = 0; input < inputs; input++)
        rows[(at * hidden + unit) * inputs + input] = values[input * 4 * hidden + gate * hidden + unit] ?? 0
  })
  return { shape: [4 * hidden, inputs], values: rows }
}

/** ONNX adds a second bias, which is 0 here. */
function bothBiases({ values }: NamedTensor, hidden: number): NamedTensor {
  const both = new Float32Array(8 * hidden)
  gatesFrom.forEach((gate, at) => both.set(values.subarray(gate * hidden, (gate + 1) * hidden), at * hidden))
  return { shape: [8 * hidden], values: both }
}

function stacked(tensors: readonly NamedTensor[]): NamedTensor {
  const [first] = tensors
  const values = new Float32Array(tensors.reduce((sum, tensor) => sum + tensor.values.length, 0))
  let at = 0
  for (const tensor of tensors) {
    values.set(tensor.values, at)
    at += tensor.values.length
  }
  return { shape: [tensors.length, ...(first?.shape ?? [])], values }
}
