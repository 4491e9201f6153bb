/** How much memory a run is likely to need, from its sizes alone. */
import { availableParallelism } from 'node:os'
import type { ModelConfig, RunConfig } from '#main/runs/config'
import { costAlone, shardBudget, shardCost } from '#main/runs/pass-cost'
import { gainsByThreads } from '#main/runs/thread-gain'
import { countBert, countWeights } from '#main/runs/weight-count'

interface Sizes {
  readonly vocabularySize: number
  /** Words of the longest sentence. */
  readonly longest: number
  /** Words of train and dev. */
  readonly words: number
}

const bytesPerFloat = 4
/** The program, and TensorFlow.js in every thread. */
const program = 340e6
const perThread = 60e6
/** A word of the corpus with its gold, in the main thread and in every other. */
const perWord = 430
/** Of what is trained: in the main thread, which keeps checkpoints, and in every other, with moments and gradients. */
const keptCopies = 6
const trainedCopies = 8
/** Of a frozen encoder, in every thread. */
const frozenCopies = 5

/** Megabytes; fitted to measured peaks of the WASM backend, from an LSTM's 0.4 GB to a fine-tuned BERT-base's 12 GB. */
export function estimateMemoryMb(model: ModelConfig, { threads, training }: RunConfig, sizes: Sizes): number {
  const { encoder } = model
  const trained = bytesPerFloat * countWeights(model, sizes.vocabularySize).all
  const frozen = encoder.kind === 'bert' && encoder.isFrozen ? bytesPerFloat * countBert(encoder.sizes) : 0
  const byDefault = gainsByThreads(model) ? availableParallelism() : 1
  const count = threads === 0 ? byDefault : threads
  const pass = bytesPerFloat * passFloats(model, Math.ceil(training.batchSize / count), sizes.longest)
  const ofThread = perThread + trainedCopies * trained + frozenCopies * frozen + pass
  const corpus = (1 + count) * perWord * sizes.words
  return Math.round((program + corpus + keptCopies * trained + frozen + count * ofThread) / 1e6)
}

/** Of a share of the batch, all as long as the longest sentence: it is cut into shards, but no sentence is. */
function passFloats(model: ModelConfig, sentences: number, longest: number): number {
  return Math.max(Math.min(shardCost(sentences * longest, model), shardBudget), costAlone(longest, model))
}
