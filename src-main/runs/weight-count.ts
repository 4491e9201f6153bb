/** WeightCount: the number of weights that a model trains, told from its sizes alone, without building it. */
import { stateWidth, type BertSizes, type LstmEncoder, type ModelConfig } from './config.ts'

/** Number of casing classes in the model's `casing.ts`. */
const casingClasses = 8

interface WeightCount {
  readonly all: number
  /** Number of weights without the word vectors. */
  readonly withoutVectors: number
}

/** Counts the weights of a model. `vocabularySize` includes the two reserved rows. */
export function countWeights(config: ModelConfig, vocabularySize: number): WeightCount {
  const { encoder, tasks, early, map, interaction, gru, resetAfter, tags, relations } = config
  const width = stateWidth(config)
  const outputs = { entity: tags.length, relation: relations.length }
  const heads = {
    entity: dense(width, tags.length),
    relation: dense(width, width) + width * width + dense(width, relations.length),
  }
  const all = tasks.reduce((sum, task) => sum + outputs[task], 0)
  const counts = tasks.map((task) => {
    const seen = early ? (interaction ? all : outputs[task]) : 0
    const affine = dense(width + seen, width)
    const cell = gru ? 3 * (resetAfter ? dense(seen, width) + dense(width, width) : affine) : affine
    const prior = early ? 2 * (dense(seen, width) + dense(width, width)) : 0
    const own = { none: 0, deterministic: cell, stochastic: 2 * cell + prior }[map]
    return own + (early ? 2 : 1) * heads[task]
  })
  const top = counts.reduce((sum, count) => sum + count, 0)
  if (encoder.kind === 'bert') {
    const encoded = encoder.isFrozen ? 0 : countBert(encoder.sizes)
    return { all: top + encoded, withoutVectors: top + encoded }
  }
  const withoutVectors = top + countLstm(encoder, config.partsOfSpeech ?? [])
  return { all: withoutVectors + vocabularySize * encoder.wordDimension, withoutVectors }
}

const dense = (input: number, output: number): number => input * output + output

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
export function countBert({ vocabulary, width, layers, inner, positions, types }: BertSizes): number {
  const layer = 4 * dense(width, width) + dense(width, inner) + dense(inner, width) + 4 * width
  return (vocabulary + positions + types + 2) * width + layers * layer
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
