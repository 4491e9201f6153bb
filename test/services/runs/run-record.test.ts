/** What the job of a run is told while the run trains. */
import { expect, it } from 'vitest'
import type { StepEvent } from '#main/compute/messages'
import type { JobWork } from '#main/jobs/job-kind'
import { createRunRecord } from '#main/services/runs/run-record'
import type { TrainCursor } from '#main/services/runs/training-job'
import { recordedContext } from '../../support/recorded-context.ts'
import { makeRun } from '../../support/renderer-runs.ts'
import { temporaryWorkspace } from '../../support/temporary-workspace.ts'

it('takes the place of a checkpoint from the steps of its own run, never from those of the run before', async () => {
  const record = createRunRecord(recordedContext(temporaryWorkspace()))
  const saved: [TrainCursor, number][] = []
  const work: JobWork<TrainCursor> = {
    ...{ jobId: 1, signal: new AbortController().signal, total: () => undefined, progress: () => undefined },
    ...{ note: () => undefined, save: (cursor, done) => void saved.push([cursor, done]) },
  }
  const step: StepEvent = {
    ...{ type: 'step', epoch: 9, epochs: 9, step: 90, stepInEpoch: 10, stepsPerEpoch: 10, loss: 1, secondsLeft: null },
  }
  const checkpoint = { type: 'checkpoint', checkpoint: { 'weights.safetensors': new Uint8Array(1) } } as const
  const [first, second] = [makeRun('mtl', 1), makeRun('mtl', 2)]
  await record.follow(first, step, work)
  await record.follow(second, checkpoint, work)
  expect(saved).toEqual([])
  await record.follow(second, { ...step, epoch: 1, step: 3, stepInEpoch: 3 }, work)
  await record.follow(second, checkpoint, work)
  expect(saved).toEqual([[{ epoch: 1, step: 3 }, 3]])
})
