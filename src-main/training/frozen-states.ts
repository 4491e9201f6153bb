/**
 * States of a frozen encoder, computed once per sentence and kept, so that later epochs, variants and seeds skip the
 * encoder.
 */
import * as tf from '@tensorflow/tfjs-core'
import type { Model } from '#main/models/model'
import type { Lexicon } from '#main/models/encoders/lexicon'
import { vectorize } from '#main/models/vectorize'
import { disposeBatch } from '#main/models/shared/batch'
import { stateWidth } from '#main/runs/config'

/** Store of states [n, d], row after row, by the words of their sentence. */
export interface StateStore {
  get(words: readonly string[]): Float32Array | null
  put(words: readonly string[], states: Float32Array): void
}

/** A store that outlives the job. */
export interface KeptStates extends StateStore {
  close(): void
}

export interface FrozenStates {
  /** States [k, d] of all words of all sentences. The caller disposes the tensor. */
  of(sentences: readonly (readonly string[])[]): Promise<tf.Tensor2D>
}

/**
 * Number of sentences encoded together. Windows of pieces are padded to the longest, so few sentences of about the
 * same length waste least.
 */
const sentencesAtOnce = 16

export function createFrozenStates(model: Model, lexicon: Lexicon, store: StateStore): FrozenStates {
  const width = stateWidth(model.config)

  async function compute(sentences: readonly (readonly string[])[]): Promise<void> {
    const batch = vectorize(
      sentences.map((words) => ({ words })),
      lexicon,
      model.config,
    )
    const tensor = tf.tidy(() => model.encode(batch))
    disposeBatch(batch)
    const states = await tensor.data<'float32'>()
    tensor.dispose()
    let row = 0
    for (const words of sentences) store.put(words, states.slice(row * width, (row += words.length) * width))
  }

  return {
    async of(sentences) {
      const missing = sentences
        .filter((words) => words.length > 0 && !store.get(words))
        .toSorted((a, b) => a.length - b.length)
      for (let from = 0; from < missing.length; from += sentencesAtOnce)
        await compute(missing.slice(from, from + sentencesAtOnce))
      const rows = sentences.reduce((sum, words) => sum + words.length, 0)
      const values = new Float32Array(rows * width)
      let row = 0
      for (const words of sentences) {
        const states = store.get(words)
        if (states) values.set(states, row * width)
        row += words.length
      }
      return tf.tensor2d(values, [rows, width])
    },
  }
}

/** A store that lasts as long as the thread. */
export function keepInMemory(): StateStore {
  const kept = new Map<string, Float32Array>()
  const keyOf = (words: readonly string[]): string => JSON.stringify(words)
  return {
    get: (words) => kept.get(keyOf(words)) ?? null,
    put: (words, states) => void kept.set(keyOf(words), states),
  }
}
