/** Experiments: runs in the groups in which the window lists them, newest first, and the appearance of a run's state. */
import { modelNames, type ModelName } from '#main/runs/model-name'
import type { JobState } from '#main/jobs/job'
import { distinctionsOf, labelOfRun } from '#main/runs/tell-apart'
import type { Run, RunStatus } from '#main/runs/run'

export interface Experiment {
  readonly experimentId: string
  /**
   * Its name, or else its variants, and the corpus: "alpha sweep on WebNLG", "mtl, pmei on WebNLG"; with what tells it apart
   * where others have the same.
   */
  readonly title: string
  readonly corpusId: number
  readonly createdMs: number
  /** The runs in the order of the table of variants, then by seed. */
  readonly runs: readonly Run[]
}

/** @param names names of planned experiments, by id. */
export function groupRuns(runs: readonly Run[], names: ReadonlyMap<string, string> = new Map()): Experiment[] {
  const groups = Map.groupBy(runs, (run) => run.experimentId)
  return tellApart(
    [...groups].map(([experimentId, members]) => toExperiment(experimentId, members, names.get(experimentId))),
  ).sort((a, b) => b.createdMs - a.createdMs)
}

/** Experiments of the same title are told apart as runs of the same name are, by the first run of each. */
function tellApart(experiments: readonly Experiment[]): Experiment[] {
  const firsts = experiments.flatMap(({ title, runs: [first] }) => (first ? [{ ...first, name: title }] : []))
  const distinctions = distinctionsOf(firsts)
  return experiments.map((experiment) => {
    const [first] = experiment.runs
    const runId = first?.runId ?? ''
    return { ...experiment, title: labelOfRun({ runId, name: experiment.title }, distinctions) }
  })
}

function toExperiment(experimentId: string, members: readonly Run[], name: string | undefined): Experiment {
  const runs = members.toSorted(
    (a, b) => variantRank(a.config.variant) - variantRank(b.config.variant) || seedOf(a) - seedOf(b),
  )
  const variants = [...new Set(runs.map((run) => run.config.variant))].join(', ')
  const first = runs[0]
  return {
    experimentId,
    title: `${name ?? variants} on ${first?.data.corpusName ?? ''}`,
    corpusId: first?.corpusId ?? 0,
    createdMs: Math.min(...runs.map((run) => run.createdMs)),
    runs,
  }
}

const variantRank = (variant: ModelName): number => modelNames.indexOf(variant)
const seedOf = (run: Run): number => run.config.training.seed

export interface StatusLook {
  readonly kind: 'neutral' | 'info' | 'success' | 'warning' | 'danger'
  readonly label: string
}

export const statusLooks: Record<RunStatus | JobState, StatusLook> = {
  queued: { kind: 'neutral', label: 'Queued' },
  running: { kind: 'info', label: 'Running' },
  finished: { kind: 'success', label: 'Finished' },
  failed: { kind: 'danger', label: 'Failed' },
  cancelled: { kind: 'warning', label: 'Cancelled' },
  paused: { kind: 'neutral', label: 'Paused' },
  interrupted: { kind: 'warning', label: 'Interrupted' },
}

/** Actions that the state of a run allows. */
export function actionsOf({ status, bestEpoch }: Run): {
  readonly canCancel: boolean
  readonly canResume: boolean
  readonly canEvaluate: boolean
} {
  const isActive = status === 'queued' || status === 'running'
  return {
    canCancel: isActive,
    canResume: status === 'interrupted' || status === 'cancelled' || status === 'failed',
    canEvaluate: bestEpoch !== null,
  }
}
