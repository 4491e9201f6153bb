/** Letters of tensor shapes, as in every doc comment of this room, and a check of shapes. */
import type { Tensor } from '@tensorflow/tfjs-core'
import { showShape } from '#main/pretrained/show-shape'

/*
 * B sentences of a batch          n tokens of a sentence                 k words of all sentences of a batch, packed
 * V words of the vocabulary       w width of a word vector               e width of the encoder's input
 * h LSTM units per direction      d width of a state (LSTM: 2 x h)       y width of the early predictions of a map
 * T tags                          l relation types                       C casing classes
 */

/** Checks the shape of a tensor; null stands for any length. @throws Error that names `what`. */
export function assertShape(tensor: Tensor, expected: readonly (number | null)[], what: string): void {
  const isSame =
    tensor.shape.length === expected.length &&
    expected.every((length, axis) => length === null || length === tensor.shape[axis])
  if (!isSame) throw new Error(`${what} has shape ${showShape(tensor.shape)}, expected ${showShape(expected)}`)
}
