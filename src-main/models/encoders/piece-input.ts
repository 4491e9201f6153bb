/**
 * Sentences to groups of windows of word pieces, padded to one length, with the row of the first piece of every word.
 */
import * as tf from '@tensorflow/tfjs-core'
import type { ModelConfig } from '#main/runs/config'
import { piecesAtOnce } from '#main/runs/pass-cost'
import type { PieceGroup, PieceInput } from '../shared/batch.ts'
import type { WindowPlace } from './inner-dropout.ts'
import { windowsOf, type PieceVocabulary, type PieceWindow } from '#main/pretrained/word-pieces'

/**
 * Input of a BERT encoder. With `isTight` every window is a group of its own, the least memory in which a BERT can be
 * trained. @throws Error when the encoder is no BERT.
 */
export function createPieceInput(
  sentences: readonly (readonly string[])[],
  pieces: PieceVocabulary,
  { encoder }: Pick<ModelConfig, 'encoder'>,
  most = piecesAtOnce,
  isTight = false,
): PieceInput {
  if (encoder.kind !== 'bert') throw new Error('Word pieces are for a BERT; this model reads whole words')
  const windows = sentences.flatMap((words, sentence) =>
    words.length === 0
      ? []
      : windowsOf(words, pieces, encoder.sizes.positions).map((own, window) => ({ ...own, sentence, window })),
  )
  const groups = isTight ? windows.map((window) => [window]) : groupsOf(windows, most)
  return { kind: 'pieces', groups: groups.map((group) => toGroup(group, pieces.padding)), isTight }
}

type PlacedWindow = PieceWindow & Pick<WindowPlace, 'sentence' | 'window'>

/**
 * Groups of consecutive windows, at most `most` pieces together, padding included. A longer window is a group of its
 * own.
 */
function groupsOf(windows: readonly PlacedWindow[], most: number): PlacedWindow[][] {
  const groups: PlacedWindow[][] = []
  let [current, length]: [PlacedWindow[], number] = [[], 0]
  for (const window of windows) {
    length = Math.max(length, window.ids.length)
    if (current.length === 0 || (current.length + 1) * length > most) {
      groups.push((current = []))
      length = window.ids.length
    }
    current.push(window)
  }
  return groups
}

function toGroup(windows: readonly PlacedWindow[], padding: number): PieceGroup {
  const length = Math.max(...windows.map(({ ids }) => ids.length))
  const ids = new Int32Array(windows.length * length).fill(padding)
  const mask = new Float32Array(windows.length * length)
  windows.forEach((window, at) => {
    ids.set(window.ids, at * length)
    mask.fill(1, at * length, at * length + window.ids.length)
  })
  // words continue from window to window
  const first = windows.flatMap(({ words }, at) => words.map(({ piece }) => at * length + piece))
  return {
    pieces: {
      ids: tf.tensor2d(ids, [windows.length, length], 'int32'),
      mask: tf.tensor2d(mask, [windows.length, length]),
    },
    windows: windows.map(({ sentence, window, ids: { length: pieces } }) => ({ sentence, window, length: pieces })),
    first: tf.tensor1d(first, 'int32'),
  }
}
