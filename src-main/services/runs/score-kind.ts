/** Scoring as a job: it goes on behind the sentences that are predicted already. */
import type { Split } from '#main/document/doc'
import type { StoredEvaluation } from '#main/evaluation/stored-evaluation'
import type { JobEngine } from '#main/jobs/engine'
import type { Job } from '#main/jobs/job'
import type { Run } from '#main/runs/run'
import type { ServiceContext } from '../context.ts'
import { createAskedKind, type AskedKind } from '../jobs/asked-job.ts'
import type { Evaluator } from './evaluator.ts'

interface ScoreSpec {
  readonly runId: string
  readonly split: Split
}

export type ScoreKind = AskedKind<ScoreSpec, StoredEvaluation>

/** Evaluate: answers with the stored evaluation; where there is none, or `isAgain` and the gold changed or no counts of sentences are kept, the split is scored, and predicted before if it must be. */
export type Evaluate = (run: Run, split: Split, isAgain: boolean) => Promise<StoredEvaluation>

export function createScoreKind({ workspace }: ServiceContext, evaluator: Pick<Evaluator, 'score'>): ScoreKind {
  return createAskedKind(workspace.jobs, {
    ...{ name: 'score', resource: 'none', isListedAfter: false },
    whenCancelled: 'Scoring was cancelled. What is predicted already is kept.',
    taskOf(job) {
      const { runId, split } = scoreSpecOf(job)
      return { taskId: `evaluate-${split}-${runId}`, runId }
    },
    run: ({ runId, split }, _, work) => evaluator.score(workspace.runs.find(runId), split, work),
  })
}

export function createEvaluate(evaluator: Pick<Evaluator, 'find'>, kind: ScoreKind, engine: JobEngine): Evaluate {
  return async (run, split, isAgain) => {
    const stored = await evaluator.find(run, split)
    if (stored && !(isAgain && (stored.changedSentences > 0 || !stored.hasCounts))) return stored
    return kind.ask(engine, { title: `score ${run.name} on ${split}`, spec: { runId: run.runId, split } })
  }
}

function scoreSpecOf({ spec }: Pick<Job, 'spec'>): ScoreSpec {
  return spec as unknown as ScoreSpec // written above alone
}
