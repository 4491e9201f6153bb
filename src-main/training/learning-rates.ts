/** Learning rates of an update: how they rise and fall over a run, and which weights have one of their own. */
import { isOfEncoder, wordVectors } from '#main/models/encoders/encoder'
import type { TrainingConfig } from '#main/runs/setting-values'

type Schedule = Pick<TrainingConfig, 'learningRate' | 'headLearningRate' | 'wordRate' | 'warmUp' | 'decay'>

/** The learning rate of a weight, by its name. */
export type RateOf = (weight: string) => number

/**
 * The rates of an update.
 * @param update its number, from 1; @param updates number of updates in all epochs that the run may take.
 */
export function ratesAt(
  update: number,
  updates: number,
  { learningRate, headLearningRate, wordRate, warmUp, decay }: Schedule,
): RateOf {
  const warm = Math.round(warmUp * updates)
  const falling = Math.max(1, updates - warm)
  // a run that goes on past what was planned keeps the last rate
  const done = Math.min(update - 1 - warm, falling - 1)
  const factor = update <= warm ? update / warm : falls[decay](done, falling)
  const ofHeads = headLearningRate === 0 ? learningRate : headLearningRate
  return (weight) => {
    if (weight === wordVectors) return factor * wordRate * learningRate
    return factor * (isOfEncoder(weight) ? learningRate : ofHeads)
  }
}

/** Factor of the learning rate when `done` of the updates after the warm-up are done; no update has a rate of 0. */
const falls: Readonly<Record<TrainingConfig['decay'], (done: number, all: number) => number>> = {
  none: () => 1,
  linear: (done, all) => 1 - done / all,
  cosine: (done, all) => (1 + Math.cos((Math.PI * done) / all)) / 2,
}
