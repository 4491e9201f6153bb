/** Extension of a stored model by words that it was not trained on, from their pretrained vectors. */
import type { NamedTensor } from '#main/pretrained/safetensors'
import type { WordVectors } from '#main/pretrained/vector-reader'
import { createVocabulary, type Vocabulary } from '#main/pretrained/vocabulary'

interface StoredWords {
  readonly vocabulary: Vocabulary
  readonly weights: ReadonlyMap<string, NamedTensor>
}

const embedding = 'embedding.word'

/**
 * The words with a row for each word of `vectors` that they lack: the vector that the word would have had before training.
 * Existing rows stay unchanged. @throws Error when the vectors have another width.
 */
export function withMoreWords(
  { vocabulary, weights }: StoredWords,
  { dimension, words, values }: WordVectors,
): StoredWords {
  const own = weights.get(embedding)
  if (!own) throw new Error('A model that reads word pieces has no word vectors to add to.')
  const [rows = 0, width = 0] = own.shape
  if (width !== dimension)
    throw new Error(`The vectors of unseen words are ${dimension} wide, but the model's words are ${width} wide.`)
  const known = new Set(vocabulary.words)
  const added = words.flatMap((word, row) => (known.has(word) ? [] : [{ word, row }]))
  const longer = new Float32Array((rows + added.length) * width)
  longer.set(own.values)
  added.forEach(({ row }, at) => longer.set(values.subarray(row * width, (row + 1) * width), (rows + at) * width))
  return {
    vocabulary: createVocabulary([...vocabulary.words.slice(2), ...added.map(({ word }) => word)]), // two are reserved
    weights: new Map([...weights, [embedding, { shape: [rows + added.length, width], values: longer }]]),
  }
}
