/** Rows of a comparison as charts take them: the runs of a row with their epochs and what is stored of their scores. */
import type { Evaluation } from '#main/evaluation/evaluation'
import type { RunConfig } from '#main/runs/config'
import type { MetricPoint } from '#main/runs/run'

export interface ChartedRun {
  readonly runId: string
  readonly name: string
  readonly config: RunConfig
  readonly points: readonly MetricPoint[]
  /** Null where the split is not scored. */
  readonly scores: Pick<Evaluation, 'triples'> | null
}

export interface ChartedRow {
  readonly label: string
  readonly runs: readonly ChartedRun[]
}
