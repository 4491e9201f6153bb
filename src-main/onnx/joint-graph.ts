/** The forward pass of a joint model as an ONNX graph: encoder, early predictions, a map per task, heads (models/model.ts). */
import { partsOf } from '#main/models/pmei/parts'
import type { NamedTensor } from '#main/pretrained/safetensors'
import type { PmeiModel } from '#main/runs/config'
import type { Task } from '#main/runs/variant'
import { bertStates } from './bert-graph.ts'
import { affine, concatenated, createGraph, type Graph, type Value } from './graph.ts'
import { lstmStates } from './lstm-graph.ts'
import { dense, mapped } from './map-graph.ts'
import { weightsBy, type WeightOf } from './weight-of.ts'
import { toPieces } from './wire.ts'

const description =
  'Joint extraction of entities and relations. Inputs are padded sentences and their numbers of words (lengths). tags holds the probability of every tag of every word, relations that of every relation type from every word to every word. What stands beyond the length of a sentence has no meaning.'

/**
 * Pieces of the file, in order.
 * @param weights by their names in `weights.safetensors`, those of a frozen BERT with `bert.` before their names in its folder.
 */
export function jointGraph(
  config: PmeiModel,
  weights: ReadonlyMap<string, NamedTensor>,
  version: string,
): Uint8Array[] {
  const graph = createGraph()
  const weightOf = weightsBy(weights)
  const parts = partsOf(config)
  const lengths = graph.input({ name: 'lengths', type: 'int64', shape: ['sentences'] })
  const { encoder, tasks } = config
  const shared =
    encoder.kind === 'lstm' ? lstmStates(graph, encoder, lengths, weightOf) : bertStates(graph, encoder.sizes, weightOf)
  const shown = parts.hasEarly ? early(graph, shared, lengths, config, weightOf) : null
  const stateOf = (task: Task): Value => mapped(graph, { shared, shown: shown?.[task] ?? null }, task, parts, weightOf)
  if (tasks.includes('entity')) {
    const tags = graph.node('Softmax', [dense(graph, stateOf('entity'), 'final.entity', weightOf)], { axis: -1 })
    graph.output(tags, { name: 'tags', type: 'float', shape: ['sentences', 'words', config.tags.length] })
  }
  if (tasks.includes('relation')) {
    const logits = pairLogits(graph, stateOf('relation'), 'final.relation', weightOf)
    const shape = ['sentences', 'words', 'words', config.relations.length]
    graph.output(graph.node('Sigmoid', [logits]), { name: 'relations', type: 'float', shape })
  }
  return toPieces({ version, description, ...graph.parts() })
}

/** What each task's map is shown of the early predictions [B, n, y]. */
function early(
  graph: Graph,
  shared: Value,
  lengths: Value,
  { tasks, interaction }: PmeiModel,
  weightOf: WeightOf,
): Readonly<Record<Task, Value | null>> {
  const entity = tasks.includes('entity')
    ? graph.node('Softmax', [dense(graph, shared, 'early.entity', weightOf)], { axis: -1 })
    : null
  const relation = tasks.includes('relation')
    ? graph.node('Sigmoid', [pooled(graph, pairLogits(graph, shared, 'early.relation', weightOf), shared, lengths)])
    : null
  const both = interaction && entity !== null && relation !== null ? concatenated(graph, [entity, relation]) : null
  return { entity: both ?? entity, relation: both ?? relation }
}

/** Logits of all pairs of words [B, n, n, l]: the map over [h_i ; h_j] is the sum of two maps. */
function pairLogits(graph: Graph, states: Value, name: string, weightOf: WeightOf): Value {
  const left = dense(graph, states, `${name}.left`, weightOf)
  const kernel = `${name}.right.kernel`
  const right = affine(graph, states, graph.weight(kernel, weightOf(kernel)))
  const sum = graph.node('Add', [
    graph.node('Unsqueeze', [left, graph.ints([2])]),
    graph.node('Unsqueeze', [right, graph.ints([1])]),
  ])
  return dense(graph, graph.node('Relu', [sum]), `${name}.out`, weightOf)
}

/** f*: the largest logit over the second word, over the words of the sentence alone [B, n, l]. */
function pooled(graph: Graph, logits: Value, states: Value, lengths: Value): Value {
  const number = (value: number): Value => graph.node('Squeeze', [graph.ints([value])])
  const words = graph.node('Squeeze', [
    graph.node('Gather', [graph.node('Shape', [states]), graph.ints([1])], { axis: 0 }),
  ])
  const places = graph.node('Range', [number(0), words, number(1)])
  const isWord = graph.node('Less', [places, graph.node('Unsqueeze', [lengths, graph.ints([1])])])
  const ofSecond = graph.node('Unsqueeze', [isWord, graph.ints([1, 3])])
  const kept = graph.node('Where', [ofSecond, logits, graph.float(Number.NEGATIVE_INFINITY)])
  return graph.node('ReduceMax', [kept], { axes: [2], keepdims: 0 })
}
