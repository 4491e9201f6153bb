/** Sentences to windows of word pieces, padded to one length, and where the first piece of every word stands in them. */
import * as tf from '@tensorflow/tfjs-core'
import type { ModelConfig } from '#main/runs/config'
import type { PieceInput } from './vectorize.ts'
import { windowsOf, type PieceVocabulary } from '#main/pretrained/word-pieces'

export function createPieceInput(
  sentences: readonly (readonly string[])[],
  pieces: PieceVocabulary,
  { encoder }: Pick<ModelConfig, 'encoder'>,
): PieceInput {
  if (encoder.kind !== 'bert') throw new Error('Word pieces are for a BERT; this model reads whole words')
  const windows = sentences.map((words) => (words.length > 0 ? windowsOf(words, pieces, encoder.sizes.positions) : []))
  const all = windows.flat()
  const length = Math.max(0, ...all.map(({ ids }) => ids.length))
  const ids = new Int32Array(all.length * length).fill(pieces.padding)
  const mask = new Float32Array(all.length * length)
  all.forEach((window, at) => {
    ids.set(window.ids, at * length)
    mask.fill(1, at * length, at * length + window.ids.length)
  })
  let window = 0
  const first = windows.flatMap((own) =>
    own.flatMap(({ words }) => {
      const start = window++ * length
      return words.map(({ piece }) => start + piece) // words follow one another from window to window
    }),
  )
  return {
    kind: 'pieces',
    pieces: {
      ids: tf.tensor2d(ids, [all.length, length], 'int32'),
      mask: tf.tensor2d(mask, [all.length, length]),
    },
    first: tf.tensor1d(first, 'int32'),
  }
}
