/** WeightCount: the number of weights that a model trains, told from its sizes alone, without building it. */
import type { BertSizes, LstmEncoder, ModelConfig } from './config.ts'
import { affine } from './families/facts.ts'
import { factsOfFamily } from './families/families.ts'

/** Number of casing classes in the model's `casing.ts`. */
const casingClasses = 8

interface WeightCount {
  readonly all: number
  /** Number of weights without the word vectors. */
  readonly withoutVectors: number
}

/** Counts the weights of a model. `vocabularySize` includes the two reserved rows. */
export function countWeights(config: ModelConfig, vocabularySize: number): WeightCount {
  const { encoder } = config
  const top = factsOfFamily(config).countWeights(config)
  if (encoder.kind === 'bert') {
    const encoded = encoder.isFrozen ? 0 : countBert(encoder.sizes)
    return { all: top + encoded, withoutVectors: top + encoded }
  }
  const withoutVectors = top + countLstm(encoder, config.partsOfSpeech ?? [])
  return { all: withoutVectors + vocabularySize * encoder.wordDimension, withoutVectors }
}

function countLstm(
  { wordDimension, casingDimension, posDimension, hidden }: LstmEncoder,
  partsOfSpeech: readonly string[],
): number {
  const input = wordDimension + casingDimension + posDimension
  const direction = input * 4 * hidden + hidden * 4 * hidden + 4 * hidden
  const features = casingClasses * casingDimension + (partsOfSpeech.length + 1) * posDimension
  return features + 2 * direction
}

/** Number of weights of a BERT alone, trained or frozen. */
export function countBert(sizes: BertSizes): number {
  const { vocabulary, width, layers, inner, positions, types, firstPosition = 0, embedding = width } = sizes
  const layer = 4 * affine(width, width) + affine(width, inner) + affine(inner, width) + 4 * width
  const rows = vocabulary + firstPosition + positions + types + 2
  return rows * embedding + (embedding === width ? 0 : affine(embedding, width)) + layers * layer
}

/** Number of LSTM units with which `config` has about as many weights as `target`, word vectors not counted. */
export function unitsForWeights(config: ModelConfig, target: ModelConfig): number {
  const { encoder } = config
  if (encoder.kind !== 'lstm') throw new Error('Only an LSTM can be widened: a BERT is as wide as its weights.')
  const wanted = countWeights(target, 0).withoutVectors
  const countOf = (hidden: number): number =>
    countWeights({ ...config, encoder: { ...encoder, hidden } }, 0).withoutVectors
  let hidden = 1
  while (countOf(hidden) < wanted) hidden++
  return wanted - countOf(hidden - 1) < countOf(hidden) - wanted ? hidden - 1 : hidden
}
