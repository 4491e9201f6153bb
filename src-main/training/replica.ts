/**
 * Replica: a copy of the leading learner on another thread, which computes its share of every update and prediction.
 */
import { predictSentences, predictionOptions } from '#main/extraction/predict'
import { parseCheckpoint } from '#main/models/checkpoint'
import { prepareData } from './data.ts'
import type { Exchange } from './exchange.ts'
import type { StateStore } from './frozen-states.ts'
import type { TrainingJob } from './job.ts'
import { startLearner } from './start-learner.ts'
import { pick } from './pick.ts'
import type { Predictor } from './predict-in-windows.ts'
import { trainStep } from './step.ts'
import type { Learner } from './learner.ts'

export interface Replica {
  /** Takes part in the update of the training sentences with these indices, together with all other replicas. */
  step(indices: readonly number[], exchange: Exchange): Promise<void>
  readonly predict: Predictor
  /** Notes, in plain sentences, since the last call. */
  takeNotes(): readonly string[]
}

/** Starts a replica. Its whole state follows from the job, so that only gradients have to be exchanged. */
export async function startReplica(job: TrainingJob, states?: StateStore): Promise<Replica> {
  const resumed = job.resume && parseCheckpoint(job.resume)
  const { train } = prepareData(job, resumed?.model ?? job.model)
  const { learner } = await startLearner(job, resumed, train, states)
  return {
    async step(indices, exchange) {
      await trainStep(learner, pick(train, indices), exchange)
    },
    predict: predictorOf(learner),
    takeNotes: () => learner.memory.notes.splice(0),
  }
}

/** A predictor that uses the average of the learner's weights. */
export function predictorOf({ model, lexicon, average, training, frozen }: Learner): Predictor {
  const options = { ...predictionOptions(training), frozen }
  return (sentences) => average.during(() => predictSentences(model, lexicon, sentences, options))
}
