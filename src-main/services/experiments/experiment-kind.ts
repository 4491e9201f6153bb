/**
 * The kind of job that works through an experiment: it trains the runs one after the other as jobs of their own, leaves out
 * what a search finds worse, and scores what is trained. All that it knows is in the runs, so that it begins anew wherever it
 * was stopped.
 */
import { AppError } from '#main/core/errors'
import { roundsOf, type Round } from '#main/experiments/halving'
import { amongOthers, type JobWork } from '#main/jobs/job-kind'
import type { Job } from '#main/jobs/job'
import type { Run } from '#main/runs/run'
import { countOf } from '#main/text/numbers'
import type { Split } from '#main/document/doc'
import type { Experiment } from '#main/storage/experiment-repository'
import type { ServiceContext } from '../context.ts'
import type { ShownKind } from '../jobs/shown-kind.ts'
import type { Evaluate } from '../runs/score-kind.ts'
import type { Training } from '../runs/training.ts'
import { bestCandidates, candidatesOf, type Candidate } from './candidates.ts'

export interface ExperimentSpec {
  readonly experimentId: string
}

export interface ExperimentKind {
  readonly kind: ShownKind
  /** Takes note of an epoch that a run has done. */
  onPoint(runId: string, epoch: number): void
}

/** What jobs of this kind use, which themselves are begun by way of the engine. */
export interface ExperimentParts {
  readonly training: Training
  readonly evaluate: Evaluate
}

const scoredSplits = ['dev', 'test'] as const satisfies readonly Split[]

export function createExperimentKind(
  { workspace, emit }: ServiceContext,
  parts: () => ExperimentParts,
): ExperimentKind {
  /** Number of epochs after which a run waits for the others of its round. */
  const limits = new Map<string, number>()

  const now = (run: Run): Run => workspace.runs.find(run.runId)

  /** Queues what has not come as far as its round goes, and waits for it. */
  async function train(runs: readonly Run[], round: Round, work: JobWork, told: (done: Run) => void): Promise<void> {
    const { training } = parts()
    const isDone = ({ status, epoch }: Run): boolean =>
      status === 'finished' || (round.epochs !== null && epoch >= round.epochs)
    for (const run of runs.map(now).filter((run) => !isDone(run))) {
      if (round.epochs === null) limits.delete(run.runId)
      else limits.set(run.runId, round.epochs)
      training.resume(run)
    }
    const stopped = aborted(work.signal)
    for (const run of runs) {
      await Promise.race([training.over(run), stopped])
      if (work.signal.aborted) return
      const ended = now(run)
      if (!isDone(ended)) work.note(describeEnd(ended))
      told(ended)
    }
  }

  async function score(runs: readonly Run[], work: JobWork, tell: (what: string) => void): Promise<void> {
    for (const run of runs.map(now).filter(({ status }) => status === 'finished'))
      for (const split of scoredSplits) {
        if (work.signal.aborted) return
        tell(`scoring ${run.name} on ${split}`)
        if (run.data.splits[split].sentences > 0) await tryScore(run, split, work)
      }
  }

  async function tryScore(run: Run, split: Split, work: JobWork): Promise<void> {
    try {
      await parts().evaluate(run, split, false)
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      if (!work.signal.aborted) work.note(`${run.name} was not scored on ${split}: ${error.message}`)
    }
  }

  function leaveOut(candidates: readonly Candidate[], round: Round): void {
    for (const run of candidates.flatMap(({ runs }) => runs).map(now)) {
      const note = `The search went on without it after epoch ${round.epochs}.`
      if (run.status === 'finished' || run.notes?.includes(note)) continue
      const noted = { ...run, notes: [...(run.notes ?? []), note] }
      workspace.runs.update(noted)
      emit({ type: 'run', run: noted })
    }
  }

  async function run(experiment: Experiment, work: JobWork): Promise<void> {
    const all = candidatesOf(experiment, workspace)
    const halving = experiment.plan.search?.halving
    const longest = Math.max(...all.flatMap(({ runs }) => runs.map(({ config }) => config.training.epochs)))
    const rounds = halving ? roundsOf(halving, all.length, longest) : [{ candidates: all.length, epochs: null }]
    const total = rounds.reduce((sum, round) => sum + round.candidates * experiment.plan.seeds.length, 0)
    work.total(total)
    let done = 0
    let candidates = all
    for (const [at, round] of rounds.entries()) {
      const before = rounds[at - 1]
      const best = bestCandidates(candidates, round.candidates, before?.epochs ?? null, workspace.runs.points)
      if (before)
        leaveOut(
          candidates.filter((candidate) => !best.includes(candidate)),
          before,
        )
      candidates = best
      const runs = candidates.flatMap((candidate) => candidate.runs)
      const detail = (name: string): string =>
        `${countOf(done, 'run')} of ${total}${rounds.length > 1 ? `, round ${at + 1} of ${rounds.length}` : ''}, last ${name}`
      await train(runs, round, work, ({ name }) => {
        done += 1
        work.progress(done, detail(name)) // told first: the saving tells it too
        work.save(null, done)
      })
      if (work.signal.aborted) return
    }
    // test is read once for what was chosen on dev, not for what a search tried
    const scored = experiment.plan.search ? bestCandidates(candidates, 1, null, workspace.runs.points) : candidates
    await score(
      scored.flatMap((candidate) => candidate.runs),
      work,
      (what) => work.progress(done, `${countOf(done, 'run')} of ${total}, ${what}`, null),
    )
  }

  /** What was stopped or cancelled stops its runs too. */
  function stopRuns({ state, spec }: Job): void {
    const { training } = parts()
    const { experimentId } = spec as unknown as ExperimentSpec // written by this kind alone
    for (const run of workspace.runs.ofExperiment(experimentId).filter(training.isUnderWay))
      if (state === 'paused') training.pause(run)
      else training.cancel(run).catch(() => undefined) // it may have ended meanwhile
  }

  return {
    kind: amongOthers<ExperimentSpec, null>({
      ...{ name: 'experiment', resource: 'none' },
      run: ({ experimentId }, _, work) => run(workspace.experiments.find(experimentId), work as JobWork),
      record: (job) => () => {
        if (job.state === 'paused' || job.state === 'cancelled') stopRuns(job)
      },
    }),
    onPoint(runId, epoch) {
      const limit = limits.get(runId)
      if (limit === undefined || epoch < limit) return
      limits.delete(runId)
      const { training } = parts()
      const run = workspace.runs.find(runId)
      if (training.isUnderWay(run)) training.pause(run)
    },
  }
}

function describeEnd({ name, status, epoch, failure }: Run): string {
  if (status === 'failed') return `${name} failed: ${failure ?? 'no reason is known'}`
  return `${name} was stopped after epoch ${epoch} and is left out: resume this experiment to train it to its end.`
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
