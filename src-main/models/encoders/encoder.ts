/** Encoder: words to shared states H, by an LSTM over word vectors or by a BERT over word pieces. */
import type * as tf from '@tensorflow/tfjs-core'
import type { EncoderConfig, ModelConfig } from '#main/runs/config'
import { bertWeights, encodeFirstPieces, frozenBert } from './bert-encoder.ts'
import { encodeWords, lstmInputWidth, lstmWeights, type VectorOf } from './lstm-encoder.ts'
import type { Noise } from '../shared/noise.ts'
import type { NamedTensor } from '#main/pretrained/safetensors'
import type { Batch } from '../shared/batch.ts'
import type { WeightSpec, Weights } from '../shared/weights.ts'

/** Pretrained values to start from; what is missing starts at random. */
export interface EncoderStart {
  /** Word vectors by row of the vocabulary. */
  readonly vectorOf?: VectorOf | undefined
  /** Weights of a BERT, named as in its folder; required where the BERT is frozen. */
  readonly bert?: ReadonlyMap<string, NamedTensor> | undefined
}

/** Number of values per word that dropout may drop: the input of an LSTM, the output of a BERT. */
export function droppedWidth(encoder: EncoderConfig): number {
  return encoder.kind === 'lstm' ? lstmInputWidth(encoder) : encoder.sizes.width
}

/** Specs of the encoder's weights that are trained. */
export function encoderWeights(
  config: ModelConfig,
  vocabularySize: number,
  { vectorOf, bert }: EncoderStart,
): WeightSpec[] {
  const { encoder } = config
  return encoder.kind === 'lstm' ? lstmWeights(encoder, config, vocabularySize, vectorOf) : bertWeights(encoder, bert)
}

/** Name of the weight that holds the word vectors of an LSTM. */
export const wordVectors = 'embedding.word'

/** Whether a weight belongs to the encoder, by its name; all others stand behind it. */
export const isOfEncoder = (name: string): boolean => /^(embedding|encoder|bert)\./.test(name)

/** Tensors of the encoder that are not trained. The caller disposes them. */
export function fixedWeights({ encoder }: ModelConfig, { bert }: EncoderStart): ReadonlyMap<string, tf.Tensor> {
  return encoder.kind === 'bert' && bert ? frozenBert(encoder, bert) : new Map<string, tf.Tensor>()
}

/** Shared states H [k, d] of a batch. @throws Error when the batch is of another kind than the encoder. */
export function encode(
  { input, lengths }: Batch,
  weights: Weights,
  { encoder }: ModelConfig,
  noise: Noise | null,
): tf.Tensor2D {
  if (encoder.kind === 'lstm' && input.kind === 'words') return encodeWords(input, lengths, weights, encoder, noise)
  if (encoder.kind === 'bert' && input.kind !== 'words') return encodeFirstPieces(input, weights, encoder, noise)
  throw new Error(`An encoder of kind ${encoder.kind} cannot read a batch of ${input.kind}`)
}
