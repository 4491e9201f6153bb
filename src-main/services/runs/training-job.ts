/** Spec and cursor of a training job, as its record holds them. */
import type { Job } from '#main/jobs/job'

export interface TrainSpec {
  readonly runId: string
}

/** TrainCursor: how far the last checkpoint is, for whoever looks: training goes on from the checkpoint itself. */
export interface TrainCursor {
  readonly epoch: number
  /** Number of updates when it was saved. */
  readonly step: number
}

/** @param job one of the kind "train". */
export function trainSpecOf({ spec }: Pick<Job, 'spec'>): TrainSpec {
  return spec as unknown as TrainSpec // written by the training alone
}
