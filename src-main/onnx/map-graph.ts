/** Maps from the shared state and the early predictions to a task's own state, at their mean (models/pmei/stochastic-map.ts). */
import type { Parts } from '#main/models/pmei/parts'
import type { Task } from '#main/runs/variant'
import { affine, concatenated, type Graph, type Value } from './graph.ts'
import type { WeightOf } from './weight-of.ts'

interface MapInput {
  /** Shared state h [B, n, d]. */
  readonly shared: Value
  /** Early predictions y' [B, n, y]; null without them. */
  readonly shown: Value | null
}

type Cell = (graph: Graph, input: MapInput, name: string, weightOf: WeightOf) => Value

const cells: Readonly<Record<Parts['cell'], Cell>> = {
  affine: (graph, { shared, shown }, name, weightOf) =>
    dense(graph, concatenated(graph, shown === null ? [shared] : [shared, shown]), name, weightOf),

  // equation (7)
  gated(graph, { shared, shown }, name, weightOf) {
    const beside = (state: Value): Value => concatenated(graph, shown === null ? [state] : [state, shown])
    const open = (gate: string): Value =>
      graph.node('Sigmoid', [dense(graph, beside(shared), `${name}.${gate}`, weightOf)])
    const reset = graph.node('Mul', [open('reset'), shared])
    const candidate = graph.node('Tanh', [dense(graph, beside(reset), `${name}.candidate`, weightOf)])
    return between(graph, shared, candidate, open('update'))
  },

  'reset-after'(graph, { shared, shown }, name, weightOf) {
    const input = (gate: string): Value =>
      shown === null
        ? graph.weight(`${name}.${gate}.input.bias`, weightOf(`${name}.${gate}.input.bias`))
        : dense(graph, shown, `${name}.${gate}.input`, weightOf)
    const recurrent = (gate: string): Value => dense(graph, shared, `${name}.${gate}.recurrent`, weightOf)
    const open = (gate: string): Value => graph.node('Sigmoid', [graph.node('Add', [input(gate), recurrent(gate)])])
    const fresh = graph.node('Mul', [open('reset'), recurrent('candidate')])
    const candidate = graph.node('Tanh', [graph.node('Add', [input('candidate'), fresh])])
    // PyTorch's update gate keeps what equation (7)'s replaces
    return between(graph, candidate, shared, open('update'))
  },
}

/** `from` where the gate is 0, `to` where it is 1. */
function between(graph: Graph, from: Value, to: Value, gate: Value): Value {
  return graph.node('Add', [from, graph.node('Mul', [gate, graph.node('Sub', [to, from])])])
}

export function dense(graph: Graph, x: Value, name: string, weightOf: WeightOf): Value {
  const part = (of: string): Value => graph.weight(`${name}.${of}`, weightOf(`${name}.${of}`))
  return affine(graph, x, part('kernel'), part('bias'))
}

/** The mean of a task's state [B, n, d]; the shared state itself where the variant has no map. */
export function mapped(graph: Graph, input: MapInput, task: Task, { map, cell }: Parts, weightOf: WeightOf): Value {
  return map === 'none' ? input.shared : cells[cell](graph, input, `map.${task}.posterior.mean`, weightOf)
}
