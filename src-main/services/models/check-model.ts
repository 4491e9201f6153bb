/** The check of a model folder: it predicts its own sentences and has to come to the probabilities that lie beside them. */
import { AppError } from '#main/core/errors'
import { withoutGold } from '#main/document/labelled-sentence'
import { differenceOf, tolerance } from '#main/model-folder/check-predictions'
import type { ModelFolder } from '#main/model-folder/model-folder'
import type { PredictionSession } from '../runs/prediction-session.ts'

export interface CheckedModel {
  /** Number of sentences that were predicted. */
  readonly sentences: number
  /** The largest difference of a probability. */
  readonly difference: number
}

/** Closes the session. @throws AppError naming the folder when a probability differs by more than the tolerance. */
export async function checkModel({ path, facts }: ModelFolder, session: PredictionSession): Promise<CheckedModel> {
  const found = await session.predict(facts.selfCheck.map(withoutGold)).finally(() => session.close())
  const differences = facts.selfCheck.map((expected, at) => {
    const prediction = found[at]
    return prediction ? differenceOf(expected, prediction) : Number.POSITIVE_INFINITY
  })
  const difference = Math.max(0, ...differences)
  if (difference > tolerance)
    throw new AppError(
      'storage',
      `${path} does not predict its own sentences as it did when it was exported: probabilities differ by ${Number.isFinite(difference) ? difference.toPrecision(2) : 'whole spans'}, and ${tolerance} is allowed. Try another --backend, or export the model anew.`,
    )
  return { sentences: facts.selfCheck.length, difference }
}
