/** Vocabulary of a loaded model that gets rows for further words, and lets them go again. */
import * as tf from '@tensorflow/tfjs-core'
import { unknownId } from '#main/pretrained/vocabulary'
import type { WordVectors } from '#main/pretrained/vector-reader'
import type { WordLexicon } from './encoders/lexicon.ts'
import type { Model } from './model.ts'

export interface GrowingVocabulary extends WordLexicon {
  /**
   * Gives the model a row for each word of `vectors` that has none: the vector that the word would have had before training.
   * Rows that are there stay as they are. @throws Error when the vectors have another width.
   */
  add(vectors: WordVectors): void
  /** Lets the further words go. */
  forget(): void
}

const embedding = 'embedding.word'

/** @param own the vocabulary that the model was trained with. */
export function growVocabulary(model: Model, own: WordLexicon): GrowingVocabulary {
  const further = new Map<string, number>()
  const table = (): tf.Tensor2D => {
    const found = model.weights.get(embedding)
    if (!found) throw new Error('A model that reads word pieces has no word vectors to add to.')
    return found as unknown as tf.Tensor2D // its spec has the shape [V, w]
  }
  return {
    kind: 'words',
    memory: own.memory,
    get size() {
      return own.size + further.size
    },
    get words() {
      return [...own.words, ...further.keys()]
    },
    idOf(word) {
      const id = own.idOf(word)
      return id === unknownId ? (further.get(word.toLowerCase()) ?? unknownId) : id
    },
    add({ dimension, words, values }) {
      const former = table()
      const width = former.shape[1]
      if (width !== dimension)
        throw new Error(`The vectors of unseen words are ${dimension} wide, but the model's words are ${width} wide.`)
      const rows: number[] = []
      words.forEach((word, row) => {
        if (further.has(word) || own.idOf(word) !== unknownId) return
        further.set(word, own.size + further.size)
        rows.push(row)
      })
      if (rows.length === 0) return
      const added = new Float32Array(rows.length * width)
      rows.forEach((row, at) => added.set(values.subarray(row * width, (row + 1) * width), at * width))
      model.replaceWeight(
        embedding,
        tf.tidy(() => tf.concat2d([former, tf.tensor2d(added, [rows.length, width])], 0)),
      )
    },
    forget() {
      if (further.size === 0) return
      further.clear()
      const former = table()
      model.replaceWeight(embedding, tf.slice2d(former, [0, 0], [own.size, former.shape[1]]))
    },
  }
}
