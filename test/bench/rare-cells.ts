/** Weights to start from that find few relations: untrained ones would find half of all cells, and reading them is not the work. */
import * as tf from '@tensorflow/tfjs-core'
import { captureWeights, serializeCheckpoint, type CheckpointFiles } from '#main/models/checkpoint'
import { computeSelfCheck } from '#main/models/self-check'
import { toStored } from '#main/models/encoders/lexicon'
import { startLearner } from '#main/training/start-learner'
import type { TrainingJob } from '#main/training/job'

/** Logit of a cell, about that of the share of gold ones. */
const rarity = 8

/** A checkpoint, so that every replica starts from the same. Needs a backend that has started. */
export async function startRare(job: TrainingJob): Promise<CheckpointFiles> {
  const { learner } = await startLearner(job, null, job.train)
  const { model, lexicon, adam, training } = learner
  for (const head of ['early', 'final']) {
    const bias = model.weights.get(`${head}.relation.out.bias`)
    if (bias) tf.tidy(() => bias.assign(tf.sub(bias, rarity)))
  }
  const files = serializeCheckpoint({
    ...{ model: model.config, training, ...toStored(lexicon), points: [], optimizer: null },
    weights: await captureWeights(model),
    selfCheck: await computeSelfCheck(model, lexicon),
  })
  adam.dispose()
  model.dispose()
  return files
}
