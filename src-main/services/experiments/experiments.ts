/** Experiments: plans whose runs are made, worked through as a job, and made complete when a plan grows. */
import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { ExperimentDetail, ExperimentView } from '#main/api/experiments'
import type { Handlers } from '#main/api/handlers'
import { runRequest, type RunRequest } from '#main/api/runs'
import type { ExperimentPlan } from '#main/experiments/plan'
import { trialsOf, type Trial } from '#main/experiments/trials'
import { canGoOn, isUnderWay } from '#main/jobs/job'
import { networkParts, settingNamed, type SettingName } from '#main/runs/setting-values'
import type { Run, RunStatus } from '#main/runs/run'
import type { Experiment } from '#main/storage/experiment-repository'
import type { ServiceContext } from '../context.ts'
import type { Jobs } from '../jobs/jobs.ts'
import type { RunMaker } from '../runs/make-runs.ts'
import { candidatesOf, viewOf } from './candidates.ts'
import type { ExperimentSpec } from './experiment-kind.ts'

interface Parts {
  readonly maker: RunMaker
  readonly jobs: Jobs
  readonly estimate: Handlers['runs']['estimate']
}

interface PlannedRuns {
  readonly made: readonly Run[]
  /** Places of trials by run. */
  readonly trials: ReadonlyMap<string, number>
}

/** Number of trials that an estimate looks at: those between them are taken to cost as much as their neighbours. */
const estimatedTrials = 12

export function createExperiments(context: ServiceContext, { maker, jobs, estimate }: Parts): Handlers['experiments'] {
  const { workspace } = context

  function viewOfExperiment({ experimentId, corpusId, createdMs, plan: { name } }: Experiment): ExperimentView {
    const count: Record<RunStatus, number> = {
      queued: 0,
      running: 0,
      finished: 0,
      failed: 0,
      cancelled: 0,
      interrupted: 0,
    }
    for (const { status } of workspace.runs.ofExperiment(experimentId)) count[status] += 1
    const jobId = workspace.jobs.newest('experiment', experimentId)?.jobId ?? null
    return { experimentId, name, corpusId, createdMs, jobId, runs: count }
  }

  function detailOf(experiment: Experiment): ExperimentDetail {
    const candidates = candidatesOf(experiment, workspace).map(viewOf)
    return { ...viewOfExperiment(experiment), plan: experiment.plan, candidates }
  }

  /** The runs that a plan asks for, with their trials: those that are there already, and those that are made for it. */
  async function runsFor(plan: ExperimentPlan, corpusId: number, experimentId: string): Promise<PlannedRuns> {
    const basis = await maker.read(corpusId)
    const there = new Map(workspace.runs.ofExperiment(experimentId).map((run) => [whatIsLearnt(run), run]))
    const made: Run[] = []
    const trials = new Map<string, number>()
    for (const trial of trialsOf(plan))
      for (const wanted of await maker.make(requestOf(plan, trial, corpusId), basis, experimentId)) {
        const same = there.get(whatIsLearnt(wanted))
        if (!same) made.push(wanted)
        trials.set((same ?? wanted).runId, trial.index)
      }
    return { made, trials }
  }

  /** Begins the job of an experiment, or goes on with it; one that is under way learns of new runs by a stop. */
  async function work(experimentId: string, title: string, isChanged: boolean): Promise<void> {
    const job = workspace.jobs.newest('experiment', experimentId)
    const spec: ExperimentSpec = { experimentId }
    if (!job || !(isUnderWay(job) || canGoOn(job))) return void jobs.begin('experiment', title, spec)
    if (isUnderWay(job)) {
      if (!isChanged) return
      jobs.pause(job.jobId)
      await jobs.over(job.jobId)
    }
    jobs.resume(job.jobId)
  }

  return {
    list: async () => workspace.experiments.list().map(viewOfExperiment),
    get: async ({ experimentId }) => detailOf(workspace.experiments.find(experimentId)),

    async estimate({ corpusId, plan }) {
      const trials = trialsOf(plan)
      const existing = workspace.experiments.named(corpusId, plan.name)
      const step = Math.max(1, trials.length / estimatedTrials)
      const looked = trials.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step))
      const estimates = await Promise.all(looked.map((trial) => estimate(requestOf(plan, trial, corpusId))))
      const runs = trials.length * plan.variants.length * plan.seeds.length
      const made = existing ? workspace.experiments.trials(existing.experimentId).size : 0
      const known = estimates.flatMap(({ seconds, scoringSeconds }) =>
        seconds === null || scoringSeconds === null ? [] : [seconds + (plan.search ? 0 : scoringSeconds)],
      )
      const ofTrial = known.reduce((sum, seconds) => sum + seconds, 0) / known.length
      const left = Math.max(0, runs - made) / Math.max(1, runs)
      return {
        ...{ trials: trials.length, runs, made },
        seconds: known.length === 0 ? null : ofTrial * trials.length * left,
        memoryMb: Math.max(...estimates.map(({ memoryMb }) => memoryMb)),
        refusals: [...new Set(estimates.flatMap(({ refusals }) => refusals))],
        notes: [...new Set(estimates.flatMap(({ notes }) => notes))],
      }
    },

    async start({ corpusId, plan }) {
      const existing = workspace.experiments.named(corpusId, plan.name)
      const experiment = { ...(existing ?? { experimentId: randomUUID(), corpusId, createdMs: context.now() }), plan }
      const { experimentId } = experiment
      const { made, trials } = await runsFor(plan, corpusId, experimentId)
      workspace.transaction(() => {
        if (existing) workspace.experiments.change(experimentId, plan)
        else workspace.experiments.add(experiment)
        for (const run of made) workspace.runs.insert(run)
        workspace.experiments.place(experimentId, trials)
      })
      for (const run of made) context.emit({ type: 'run', run })
      const isChanged = existing !== undefined && (made.length > 0 || !isDeepStrictEqual(existing.plan, plan))
      await work(experimentId, `experiment ${plan.name}`, isChanged)
      return detailOf(experiment)
    },
  }
}

/** The runs of one trial, as a request of its own. */
export function requestOf(plan: ExperimentPlan, { label, vectors, settings }: Trial, corpusId: number): RunRequest {
  const { variants, seeds, preset, encoder } = plan
  const partOf = (...parts: readonly string[]): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(settings).filter(([name]) => parts.includes(settingNamed(name as SettingName).part)), // names of settings
    )
  return runRequest.parse({
    ...{ corpusId, variants, seeds, preset, vectors, encoder },
    ...{ model: partOf(...networkParts), training: partOf('training'), ...partOf('machine') },
    ...(label === '' ? {} : { name: label }),
  })
}

/** A text that is the same for runs which learn the same from the same. What computes them makes no other run. */
function whatIsLearnt({ config: { backend: _, threads: __, ...config }, data }: Run): string {
  return JSON.stringify([config, data.splits], (___, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  )
}
