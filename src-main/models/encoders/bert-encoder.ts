/** BERT encoder: word pieces to states of words, with BERT either fine-tuned or frozen. */
import * as tf from '@tensorflow/tfjs-core'
import { lookUpRows } from '#main/kernels/rows'
import type { BertEncoder, BertSizes } from '#main/runs/config'
import { bertShapes } from '#main/pretrained/bert-shapes'
import { encodePieces } from './bert.ts'
import { createDropper, type InnerDropout } from './inner-dropout.ts'
import type { Noise } from '../shared/noise.ts'
import type { NamedTensor } from '#main/pretrained/safetensors'
import type { PieceInput, StateInput } from '../shared/batch.ts'
import { normal, type WeightSpec, type Weights } from '../shared/weights.ts'

const prefix = 'bert.'

/** Standard deviation with which BERT itself initialises weights that are not pretrained. */
const spread = 0.02

/**
 * Specs of the weights that are trained; none for a frozen BERT, whose weights are not stored with every checkpoint.
 */
export function bertWeights({ sizes, isFrozen }: BertEncoder, from?: ReadonlyMap<string, NamedTensor>): WeightSpec[] {
  if (isFrozen) return []
  return [...bertShapes(sizes)].map(([name, shape]) => {
    const stored = from?.get(name)
    return { name: prefix + name, shape, initial: stored ? () => stored.values : normal(spread) }
  })
}

/** Tensors of a frozen BERT by name; none for a BERT that is trained. @throws Error when the folder lacks a weight. */
export function frozenBert(
  { sizes, isFrozen }: BertEncoder,
  from: ReadonlyMap<string, NamedTensor>,
): Map<string, tf.Tensor> {
  if (!isFrozen) return new Map()
  return new Map(
    [...bertShapes(sizes)].map(([name, shape]) => {
      const stored = from.get(name)
      if (!stored) throw new Error(`The frozen encoder lacks ${name}: its folder is not the one it was trained with`)
      return [prefix + name, tf.tensor(stored.values, shape, 'float32')]
    }),
  )
}

/** State of each word's first piece [k, d]. States that were computed before are returned as they are. */
export function encodeFirstPieces(
  input: PieceInput | StateInput,
  weights: Weights,
  { sizes }: BertEncoder,
  noise: Noise | null,
): tf.Tensor2D {
  const states =
    input.kind === 'states'
      ? input.states
      : encodeGroups(input, (name) => weights(prefix + name), sizes, noise?.inner ?? null)
  return noise?.inputMask ? tf.mul(states, noise.inputMask) : states
}

/**
 * Encodes group by group and keeps only the rows of first pieces, so that one group's states are in memory at a time.
 */
function encodeGroups(
  { groups, isTight }: PieceInput,
  weights: Weights,
  sizes: BertSizes,
  dropout: InnerDropout | null,
): tf.Tensor2D {
  const parts = groups.map(({ pieces, windows, first }) =>
    tf.tidy(() => {
      const drop = createDropper(dropout, windows, pieces.ids.shape[1])
      return lookUpRows(encodePieces(pieces, weights, sizes, { most: isTight ? 0 : undefined, drop }), first)
    }),
  )
  if (parts.length === 0) return tf.zeros<tf.Rank.R2>([0, sizes.width])
  return parts.length === 1 ? (parts[0] as tf.Tensor2D) : tf.concat(parts) // a concatenation of one part would copy it
}
