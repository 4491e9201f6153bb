/** Lets a run predict what it has not predicted of a corpus, as a task; what was predicted stays when it ends early. */
import type { CallInputs } from '#main/api/handlers'
import { AppError } from '#main/core/errors'
import { countOf } from '#main/text/numbers'
import type { ServiceContext } from '../context.ts'
import { runInSlices } from '../slices.ts'

/** Makes sure that a run's predictions of these sentences are stored. */
export type Predict = (
  runId: string,
  sentenceIds: readonly number[],
  progress?: (done: number) => void,
  signal?: AbortSignal,
) => Promise<void>

/** Number of sentences that are predicted and stored together. */
const groupLength = 512

export function createPredictMissing(context: ServiceContext, predict: Predict) {
  const { workspace, tasks } = context
  return async (
    { corpusId, runId, taskId }: CallInputs['annotations']['predictMissing'],
    stopped?: AbortSignal,
  ): Promise<number> => {
    const { name } = workspace.runs.find(runId)
    const cancel = new AbortController()
    const signal = stopped ? AbortSignal.any([stopped, cancel.signal]) : cancel.signal
    const title = `predict ${workspace.corpora.find(corpusId).name} with ${name}`
    const empty = { detail: '', fraction: 0, secondsLeft: null }
    const task = tasks.begin({ taskId, kind: 'prediction', title, runId, ...empty }, () => cancel.abort())
    let done = 0
    try {
      const unpredicted = { run: { runId, gold: 'unpredicted' as const } }
      const { ids } = await runInSlices(
        workspace.corpora.idPageSteps(corpusId, unpredicted, 0, Number.MAX_SAFE_INTEGER),
      )
      for (let at = 0; at < ids.length; at += groupLength) {
        const group = ids.slice(at, at + groupLength)
        const tell = (ofGroup: number): void =>
          task.update({
            detail: `${at + ofGroup} of ${countOf(ids.length, 'sentence')}`,
            fraction: (at + ofGroup) / ids.length,
          })
        tell(0)
        await predict(runId, group, tell, signal)
        if (signal.aborted) throw new AppError('cancelled', `Predicting with ${name} was cancelled.`)
        done += group.length
      }
      task.finish('finished', `${countOf(done, 'sentence')} predicted`)
      return done
    } catch (error) {
      task.finish(signal.aborted ? 'cancelled' : 'failed', error instanceof Error ? error.message : String(error))
      throw error
    } finally {
      if (done > 0) context.emit({ type: 'corpora-changed' })
    }
  }
}
