/** Comparisons: runs on one corpus side by side, with the memory floor and the oracle under them. */
import { AppError } from '#main/core/errors'
import type { Handlers } from '#main/api/handlers'
import { compareRuns } from '#main/comparison/comparison-table'
import type { ComparedRun } from '#main/comparison/compared-run'
import type { StoredEvaluation } from '#main/evaluation/stored-evaluation'
import { isTuned, type Run } from '#main/runs/run'
import { distinctionsOf, labelOfRun } from '#main/runs/tell-apart'
import type { ServiceContext } from '../context.ts'
import type { Evaluator } from '../runs/evaluator.ts'

export function createComparisons(
  { workspace, reads }: ServiceContext,
  look: Evaluator['look'],
): Handlers['comparisons'] {
  return {
    async table({ runIds, match, split, thresholds }) {
      const stored = [...new Set(runIds)].map((runId) => workspace.runs.find(runId))
      const runs = thresholds === 'given' ? stored.map((run): Run => ({ ...run, thresholds: null })) : stored
      const corpusId = assertComparable(runs)
      const distinctions = distinctionsOf(workspace.runs.list())
      const looked = runs.map((run) => ({ run, name: labelOfRun(run, distinctions), ...look(run, split) }))
      const compared = looked.flatMap(({ run, name, stored }) => (stored ? [toCompared(run, name, stored)] : []))
      const anchor = runs[0]?.config.model.anchor ?? 'last'
      const isLent = runs.some(({ data }) => data.isDevLent)
      const divided = { data: isLent ? { isDevLent: true as const } : {} }
      const table = compareRuns(compared, {
        corpusName: workspace.corpora.find(corpusId).name,
        split,
        match,
        ...(await reads.ask('references', { corpusId, split, match, anchor, divided })),
      })
      return {
        ...table,
        unscored: looked.flatMap(({ run, name, stored, cost }) =>
          stored ? [] : [{ runId: run.runId, name, ...cost }],
        ),
        outdated: compared.flatMap(({ runId, changedSentences }) => (changedSentences > 0 ? [runId] : [])),
      }
    },
  }

  function toCompared(run: Run, name: string, evaluation: StoredEvaluation): ComparedRun {
    const seconds = workspace.runs.points(run.runId).map((point) => point.seconds)
    return {
      runId: run.runId,
      name,
      config: run.config,
      trainSha256: run.data.splits.train.sha256,
      fromRunId: run.fromRunId,
      isFinished: run.status === 'finished',
      isTuned: isTuned(run),
      evaluation,
      changedSentences: evaluation.changedSentences,
      secondsPerEpoch: seconds.length === 0 ? null : seconds.reduce((sum, value) => sum + value, 0) / seconds.length,
    }
  }
}

/** Answers with the corpus of the runs. @throws AppError naming the runs that cannot stand in one table. */
function assertComparable(runs: readonly Run[]): number {
  const [first] = runs
  if (!first) throw new AppError('invalid-input', 'Choose at least one run to compare.')
  const stranger = runs.find(({ corpusId }) => corpusId !== first.corpusId)
  if (stranger)
    throw new AppError(
      'invalid-input',
      `${first.name} was trained on "${first.data.corpusName}" and ${stranger.name} on "${stranger.data.corpusName}": scores on different corpora never share a table. Choose runs of one corpus.`,
    )
  const untrained = runs.find(({ bestEpoch }) => bestEpoch === null)
  if (untrained)
    throw new AppError('conflict', `${untrained.name} has no checkpoint yet: let it finish at least one epoch first.`)
  return first.corpusId
}
