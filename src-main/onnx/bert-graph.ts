/** A BERT as nodes: word pieces to the state of each word's first piece (models/encoders/bert.ts, models/encoders/bert-encoder.ts). */
import type { BertSizes } from '#main/runs/config'
import type { NamedTensor } from '#main/pretrained/safetensors'
import { affine, type Graph, type Value } from './graph.ts'
import type { WeightOf } from './weight-of.ts'

/**
 * States H [B, n, width] of words. A sentence that does not fit into the BERT has several windows of pieces (pretrained/word-pieces.ts);
 * `first_pieces` says where the first piece of each word stands among those of all windows.
 */
export function bertStates(graph: Graph, sizes: BertSizes, weightOf: WeightOf): Value {
  const pieces = graph.input({ name: 'pieces', type: 'int64', shape: ['windows', 'pieces'] })
  const mask = graph.input({ name: 'piece_mask', type: 'float', shape: ['windows', 'pieces'] })
  const first = graph.input({ name: 'first_pieces', type: 'int64', shape: ['sentences', 'words'] })
  const hidden = graph.node('Mul', [graph.node('Sub', [graph.float(1), mask]), graph.float(-1e9)])
  const scoresOfPadding = graph.node('Unsqueeze', [hidden, graph.ints([1, 2])])
  let states = embedded(graph, pieces, sizes, weightOf)
  for (let layer = 0; layer < sizes.layers; layer++)
    states = layerOf(graph, states, scoresOfPadding, `bert.encoder.layer.${layer}`, sizes, weightOf)
  const ofAllWindows = graph.node('Reshape', [states, graph.ints([-1, sizes.width])])
  return graph.node('Gather', [ofAllWindows, first], { axis: 0 })
}

function embedded(graph: Graph, pieces: Value, sizes: BertSizes, weightOf: WeightOf): Value {
  const { firstPosition = 0, types, embedding } = sizes
  const table = (name: string): Value => {
    const own = `bert.embeddings.${name}_embeddings.weight`
    return graph.weight(own, weightOf(own))
  }
  const length = graph.node('Gather', [graph.node('Shape', [pieces]), graph.ints([1])], { axis: 0 })
  const places = graph.node('Range', [
    graph.node('Squeeze', [graph.ints([firstPosition])]),
    graph.node('Squeeze', [graph.node('Add', [length, graph.ints([firstPosition])])]),
    graph.node('Squeeze', [graph.ints([1])]),
  ])
  const words = graph.node('Gather', [table('word'), pieces])
  const withPlaces = graph.node('Add', [words, graph.node('Gather', [table('position'), places])])
  // all pieces belong to a single text
  const sum =
    types === 0
      ? withPlaces
      : graph.node('Add', [withPlaces, graph.node('Gather', [table('token_type'), graph.ints([0])])])
  const states = normed(graph, sum, 'bert.embeddings', sizes, weightOf)
  return embedding === undefined ? states : dense(graph, states, 'bert.embeddings_project', weightOf)
}

/** Affine map whose kernel is stored as [output, input]. */
function dense(graph: Graph, x: Value, name: string, weightOf: WeightOf): Value {
  const [kernel, bias] = [`${name}.weight`, `${name}.bias`]
  return affine(graph, x, graph.weight(kernel, turned(weightOf(kernel))), graph.weight(bias, weightOf(bias)))
}

function layerOf(
  graph: Graph,
  states: Value,
  scoresOfPadding: Value,
  name: string,
  sizes: BertSizes,
  weightOf: WeightOf,
): Value {
  const { width, heads } = sizes
  const mapped = (x: Value, part: string): Value => dense(graph, x, `${name}.${part}`, weightOf)
  const perHead = (part: string, perm: readonly number[]): Value =>
    graph.node(
      'Transpose',
      [graph.node('Reshape', [mapped(states, `attention.self.${part}`), graph.ints([0, 0, heads, width / heads])])],
      { perm },
    )
  const query = graph.node('Mul', [perHead('query', [0, 2, 1, 3]), graph.float(1 / Math.sqrt(width / heads))])
  const scores = graph.node('Add', [graph.node('MatMul', [query, perHead('key', [0, 2, 3, 1])]), scoresOfPadding])
  const context = graph.node('MatMul', [graph.node('Softmax', [scores], { axis: -1 }), perHead('value', [0, 2, 1, 3])])
  const joined = graph.node('Reshape', [
    graph.node('Transpose', [context], { perm: [0, 2, 1, 3] }),
    graph.ints([0, 0, width]),
  ])
  const attended = graph.node('Add', [states, mapped(joined, 'attention.output.dense')])
  const middle = normed(graph, attended, `${name}.attention.output`, sizes, weightOf)
  const inner = gelu(graph, mapped(middle, 'intermediate.dense'))
  const outer = graph.node('Add', [middle, mapped(inner, 'output.dense')])
  return normed(graph, outer, `${name}.output`, sizes, weightOf)
}

function normed(graph: Graph, x: Value, name: string, { epsilon }: BertSizes, weightOf: WeightOf): Value {
  const part = (of: string): Value => graph.weight(`${name}.LayerNorm.${of}`, weightOf(`${name}.LayerNorm.${of}`))
  return graph.node('LayerNormalization', [x, part('weight'), part('bias')], { axis: -1, epsilon: { float: epsilon } })
}

/** In its exact form: x times the probability that a standard normal number is below x. */
function gelu(graph: Graph, x: Value): Value {
  const below = graph.node('Add', [
    graph.node('Erf', [graph.node('Mul', [x, graph.float(Math.SQRT1_2)])]),
    graph.float(1),
  ])
  return graph.node('Mul', [graph.node('Mul', [x, graph.float(0.5)]), below])
}

/** A kernel [output, input] as [input, output]. */
function turned({ shape: [rows = 0, columns = 0], values }: NamedTensor): NamedTensor {
  const other = new Float32Array(values.length)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) other[column * rows + row] = values[row * columns + column] ?? 0
  return { shape: [columns, rows], values: other }
}
