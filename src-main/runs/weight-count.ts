/** How many numbers a model trains, from its sizes alone: for estimates, without building it. */
import type { ModelConfig } from './config.ts'

/** The casing classes of the model's `casing.ts`. */
const casingClasses = 8

/** `vocabularySize` counts the two reserved rows. Agrees with the model's own count (tested). */
export function countWeights(
  config: ModelConfig,
  vocabularySize: number,
): { readonly all: number; readonly withoutVectors: number } {
  const { wordDimension, casingDimension, hidden, early, stochastic, interaction, gru, tags, relations } = config
  const width = 2 * hidden
  const dense = (input: number, output: number): number => input * output + output
  const lstm = (wordDimension + casingDimension) * 4 * hidden + hidden * 4 * hidden + 4 * hidden
  const head = dense(width, tags.length) + dense(width, width) + width * width + dense(width, relations.length)
  const map = (own: number): number => {
    const seen = early ? (interaction ? tags.length + relations.length : own) : 0
    const cell = (gru ? 3 : 1) * dense(width + seen, width)
    const prior = early ? 2 * (dense(seen, width) + dense(width, width)) : 0
    if (stochastic) return 2 * cell + prior
    return early ? cell : 0
  }
  const withoutVectors =
    casingClasses * casingDimension + 2 * lstm + (early ? 2 : 1) * head + map(tags.length) + map(relations.length)
  return { all: withoutVectors + vocabularySize * wordDimension, withoutVectors }
}
