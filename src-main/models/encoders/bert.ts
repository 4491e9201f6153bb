/** BERT (Devlin et al. 2019): word pieces to hidden states, with weights named as in Hugging Face folders. */
import * as tf from '@tensorflow/tfjs-core'
import { gelu } from '#main/kernels/gelu'
import { layerNorm } from '#main/kernels/layer-norm'
import { lookUpRows } from '#main/kernels/rows'
import { bertShapes } from '#main/pretrained/bert-shapes'
import type { BertSizes } from '#main/runs/config'
import { layerFloats } from '#main/runs/pass-cost'
import { keepAll, type Dropper } from './inner-dropout.ts'
import { recomputed } from './recomputed.ts'
import type { Weights } from '../shared/weights.ts'

/** Windows of word pieces, padded at their ends to the length P. */
export interface PieceBatch {
  /** Ids of the pieces [B, P], int32. */
  readonly ids: tf.Tensor2D
  /** 1 on real pieces, 0 on padding [B, P]. */
  readonly mask: tf.Tensor2D
}

/**
 * Number of floats that a gradient may keep of all layers (a quarter of a gigabyte). Above it, each layer is
 * recomputed.
 */
const keptFloats = 64e6

/**
 * Hidden states of the last layer [B x P, width]; rows of padding have no meaning. Where a gradient would keep more
 * than `most` floats, it keeps each layer's input and recomputes the rest, which costs a third more work.
 */
export function encodePieces(
  { ids, mask }: PieceBatch,
  weights: Weights,
  sizes: BertSizes,
  { most = keptFloats, drop = keepAll }: { readonly most?: number | undefined; readonly drop?: Dropper } = {},
): tf.Tensor2D {
  const [windows, length] = ids.shape
  const rows = windows * length
  // added to the scores, so that padding is never attended to
  const hidden = tf.reshape<tf.Rank.R4>(tf.mul(tf.sub(1, mask), -1e9), [windows, 1, 1, length])
  const start = tf.tidy(() => {
    const embedded = drop.states(embed(tf.reshape(ids, [rows]), windows, length, weights, sizes), 0)
    return sizes.embedding === undefined ? embedded : dense(embedded, weights, 'embeddings_project')
  })
  const isLarge = rows * sizes.layers * layerFloats(sizes, length) > most
  // each layer has a tidy of its own: where no gradient is taken, only its output is needed
  return Array.from({ length: sizes.layers }).reduce<tf.Tensor2D>((states, _, layer) => {
    const name = `encoder.layer.${layer}`
    const run = (read: tf.Tensor2D, from: Weights, padding: tf.Tensor4D): tf.Tensor2D =>
      runLayer(read, { hidden: padding, windows, length, drop, firstPlace: 1 + 3 * layer }, from, name, sizes)
    const next = tf.tidy(() =>
      isLarge ? recomputed(run, states, weights, weightNames(name, sizes), hidden) : run(states, weights, hidden),
    )
    states.dispose() // a gradient keeps a reference of its own to what it needs
    return next
  }, start)
}

/** What a layer takes beside states and weights. */
interface Shared {
  /** -1e9 where scores meet padding [B, 1, 1, P]. */
  readonly hidden: tf.Tensor4D
  /** Number B of windows, and their length P. */
  readonly windows: number
  readonly length: number
  readonly drop: Dropper
  /** Number of the first of the layer's three places of dropout. */
  readonly firstPlace: number
}

function runLayer(states: tf.Tensor2D, shared: Shared, weights: Weights, name: string, sizes: BertSizes): tf.Tensor2D {
  const { drop, firstPlace } = shared
  const context = attend(states, shared, weights, `${name}.attention.self`, sizes)
  const fromOthers = drop.states(dense(context, weights, `${name}.attention.output.dense`), firstPlace + 1)
  const attended = tf.add<tf.Tensor2D>(states, fromOthers)
  const middle = norm(attended, weights, `${name}.attention.output`, sizes)
  const inner = gelu(dense(middle, weights, `${name}.intermediate.dense`))
  const outer = drop.states(dense(inner, weights, `${name}.output.dense`), firstPlace + 2)
  return norm(tf.add(middle, outer), weights, `${name}.output`, sizes)
}

function embed(ids: tf.Tensor1D, windows: number, length: number, weights: Weights, sizes: BertSizes): tf.Tensor2D {
  const { firstPosition = 0, types } = sizes
  const rowsOf = (name: string, rows: tf.Tensor1D): tf.Tensor2D =>
    lookUpRows(weights(`embeddings.${name}_embeddings.weight`) as tf.Tensor2D, rows)
  const places = Int32Array.from({ length: windows * length }, (_, row) => firstPosition + (row % length))
  const placed = tf.add<tf.Tensor2D>(rowsOf('word', ids), rowsOf('position', tf.tensor1d(places, 'int32')))
  // all pieces belong to a single text
  const sum: tf.Tensor2D =
    types === 0 ? placed : tf.add(placed, rowsOf('token_type', tf.zeros([windows * length], 'int32')))
  return norm(sum, weights, 'embeddings', sizes)
}

function attend(
  states: tf.Tensor2D,
  { hidden, windows, length, drop, firstPlace }: Shared,
  weights: Weights,
  name: string,
  { width, heads }: BertSizes,
): tf.Tensor2D {
  const perHead = (part: string): tf.Tensor4D =>
    tf.transpose(
      tf.reshape(dense(states, weights, `${name}.${part}`), [windows, length, heads, width / heads]),
      [0, 2, 1, 3],
    )
  const query = tf.mul(perHead('query'), 1 / Math.sqrt(width / heads))
  const scores: tf.Tensor4D = tf.softmax(tf.add(tf.matMul<tf.Tensor4D>(query, perHead('key'), false, true), hidden))
  const attention = drop.attention(scores, firstPlace)
  const context = tf.transpose(tf.matMul<tf.Tensor4D>(attention, perHead('value')), [0, 2, 1, 3])
  return tf.reshape(context, [windows * length, width])
}

/** Affine map of x [k, input] → [k, output]; the kernel is stored as [output, input]. */
function dense(x: tf.Tensor2D, weights: Weights, name: string): tf.Tensor2D {
  return tf.add(tf.matMul<tf.Tensor2D>(x, weights(`${name}.weight`), false, true), weights(`${name}.bias`))
}

function norm(x: tf.Tensor2D, weights: Weights, name: string, { epsilon }: BertSizes): tf.Tensor2D {
  const part = (of: string): tf.Tensor1D => weights(`${name}.LayerNorm.${of}`) as tf.Tensor1D // [width] in its spec
  return layerNorm({ x, scale: part('weight'), shift: part('bias') }, epsilon)
}

/** Names of the weights that begin with `prefix`. */
function weightNames(prefix: string, sizes: BertSizes): string[] {
  return [...bertShapes(sizes).keys()].filter((name) => name.startsWith(`${prefix}.`))
}
