/**
 * Output biases at the frequencies of train: a model that has learnt nothing else then finds what is as rare as it is.
 * From biases near 0 it begins with every cell of the pair table half probable, and spends its first hundreds of updates
 * on that (Lin et al. 2017, "Focal Loss for Dense Object Detection", section 4.1).
 */
import * as tf from '@tensorflow/tfjs-core'
import type { ModelConfig } from '#main/runs/config'
import type { SentenceGold } from '../family.ts'
import { encodeSentence } from './tags-and-cells.ts'

/** Heads whose logits are those of tags and of cells. */
const heads = ['early', 'final'] as const

/** What is counted beyond what occurs, so that no frequency is 0. */
const smoothing = 0.5

/** Sets the biases of the heads that the model has, in the place of their random start. */
export function startAtFrequencies(
  weights: ReadonlyMap<string, tf.Variable>,
  config: ModelConfig,
  sentences: readonly SentenceGold[],
): void {
  const { tags, cells, words, pairs } = countLabels(config, sentences)
  const logOf = (count: number, of: number): number => Math.log((count + smoothing) / (of + smoothing))
  const biases = {
    // of a softmax, the logarithm of its share; of a sigmoid, the logarithm of its odds
    'entity.bias': tags.map((count) => logOf(count, words)),
    'relation.out.bias': cells.map((count) => logOf(count, pairs - count)),
  }
  for (const head of heads)
    for (const [name, values] of Object.entries(biases)) {
      const weight = weights.get(`${head}.${name}`)
      if (weight && weight.size === values.length) tf.tidy(() => weight.assign(tf.tensor1d(values)))
    }
}

/** How often each tag and each relation type occurs, among how many words and pairs of words. */
function countLabels(config: ModelConfig, sentences: readonly SentenceGold[]) {
  const tags = config.tags.map(() => 0)
  const cells = config.relations.map(() => 0)
  let [words, pairs] = [0, 0]
  for (const sentence of sentences) {
    const gold = encodeSentence(sentence, config)
    for (const [, tag] of gold.tags) tags[tag] = (tags[tag] ?? 0) + 1
    for (const [, , relation] of gold.cells) cells[relation] = (cells[relation] ?? 0) + 1
    tags[0] = (tags[0] ?? 0) + sentence.words.length - gold.tags.length
    words += sentence.words.length
    pairs += sentence.words.length ** 2
  }
  return { tags, cells, words, pairs }
}
