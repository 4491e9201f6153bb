/** The BERT encoder: pieces to states of words, fine-tuned with the rest or frozen as it came. */
import * as tf from '@tensorflow/tfjs-core'
import { lookUpRows } from '#main/kernels/rows'
import type { BertEncoder } from '#main/runs/config'
import { bertShapes } from '#main/pretrained/bert-shapes'
import { encodePieces } from './bert.ts'
import type { Noise } from './noise.ts'
import type { NamedTensor } from '#main/pretrained/safetensors'
import type { PieceInput, StateInput } from './vectorize.ts'
import { normal, type WeightSpec, type Weights } from './weights.ts'

const prefix = 'bert.'

/** BERT's own way to begin where nothing was pretrained. */
const spread = 0.02

/** Nothing where it is frozen: what is not trained is not stored with every checkpoint either. */
export function bertWeights({ sizes, isFrozen }: BertEncoder, from?: ReadonlyMap<string, NamedTensor>): WeightSpec[] {
  if (isFrozen) return []
  return [...bertShapes(sizes)].map(([name, shape]) => {
    const stored = from?.get(name)
    return { name: prefix + name, shape, initial: stored ? () => stored.values : normal(spread) }
  })
}

/** Tensors of a frozen BERT; none of one that is trained. */
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

/** The state of each word's first piece [k, d]; states that were computed before are taken as they are. */
export function encodeFirstPieces(
  input: PieceInput | StateInput,
  weights: Weights,
  { sizes }: BertEncoder,
  noise: Noise | null,
): tf.Tensor2D {
  const states =
    input.kind === 'states'
      ? input.states
      : lookUpRows(
          encodePieces(input.pieces, (name) => weights(prefix + name), sizes),
          input.first,
        )
  return noise?.inputMask ? tf.mul(states, noise.inputMask) : states
}
