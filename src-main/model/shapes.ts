/** The letters of tensor shapes, as in every doc comment of this room, and the check of a shape at a part's entrance. */
import type { Tensor } from '@tensorflow/tfjs-core'
import { showShape } from '#main/pretrained/show-shape'

/*
 * B sentences of a batch          n tokens of its longest sentence       k = B x n rows, sentence by sentence
 * V words of the vocabulary       w width of a word vector               e width of the encoder's input
 * h LSTM units per direction      d = 2 x h, width of a state            y width of the early predictions a map sees
 * T tags                          l relation types                       C casing classes
 */

/** Throws when `tensor` is not of the `expected` shape; null stands for any length. */
export function assertShape(tensor: Tensor, expected: readonly (number | null)[], what: string): void {
  const isSame =
    tensor.shape.length === expected.length &&
    expected.every((length, axis) => length === null || length === tensor.shape[axis])
  if (!isSame) throw new Error(`${what} has shape ${showShape(tensor.shape)}, expected ${showShape(expected)}`)
}
