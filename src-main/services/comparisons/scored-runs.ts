/** The runs of a comparison with what is stored of their scores. */
import { createHash } from 'node:crypto'
import { AppError } from '#main/core/errors'
import type { UnscoredRun } from '#main/api/comparisons'
import type { ComparedRun } from '#main/comparison/compared-run'
import { groupSystems, labelGroups, type RowNames } from '#main/comparison/run-groups'
import type { ComparedThresholds } from '#main/comparison/saved-comparison'
import type { Split } from '#main/document/doc'
import type { Anchor } from '#main/document/prediction'
import type { MatchMode } from '#main/evaluation/match-mode'
import type { StoredEvaluation } from '#main/evaluation/stored-evaluation'
import { wasTuned, type Run } from '#main/runs/run'
import { distinctionsOf, labelOfRun } from '#main/runs/tell-apart'
import type { SystemRow } from '#main/storage/system-repository'
import type { ServiceContext } from '../context.ts'
import type { Evaluator } from '../runs/evaluator.ts'
import type { DividedRun } from '../runs/run-splits.ts'
import { createPresentScores } from '../predictions/system-scores.ts'
import type { KeyedRow } from './tests.ts'

export interface ComparedRequest {
  readonly runIds: readonly string[]
  readonly systemIds?: readonly string[] | undefined
  readonly match: MatchMode
  readonly split: Split
  readonly names?: RowNames | undefined
  /** Tuned thresholds where there are, or all those of the settings. */
  readonly thresholds?: ComparedThresholds | undefined
}

export interface ScoredRuns {
  /** @throws AppError naming the runs that cannot stand in one table. */
  look(request: ComparedRequest): Promise<{
    readonly corpusId: number
    readonly anchor: Anchor
    /** A run that says how the corpus is divided. */
    readonly divided: DividedRun
    readonly compared: readonly ComparedRun[]
    readonly unscored: readonly UnscoredRun[]
    readonly systems: readonly SystemRow[]
  }>
  /** The rows of the table with the counts of their sentences. */
  testedRows(
    rows: { readonly compared: readonly ComparedRun[]; readonly systems: readonly SystemRow[] },
    request: ComparedRequest,
  ): KeyedRow[]
}

export function createScoredRuns(
  context: ServiceContext,
  { look, counted }: Pick<Evaluator, 'look' | 'counted'>,
): ScoredRuns {
  const { workspace } = context
  const presentScores = createPresentScores(context)
  const { runs: runRows, systems: systemRows } = workspace
  function toCompared(run: Run, name: string, evaluation: StoredEvaluation): ComparedRun {
    const seconds = runRows.points(run.runId).map((point) => point.seconds)
    const { changedSentences, hasCounts } = evaluation
    return {
      runId: run.runId,
      name,
      config: run.config,
      trainSha256: run.data.splits.train.sha256,
      fromRunId: run.fromRunId,
      isFinished: run.status === 'finished',
      isTuned: wasTuned(run),
      ...{ evaluation, changedSentences, hasCounts },
      secondsPerEpoch: seconds.length === 0 ? null : seconds.reduce((sum, value) => sum + value, 0) / seconds.length,
    }
  }

  return {
    async look({ runIds, systemIds = [], split, thresholds }) {
      const runs = [...new Set(runIds)].map((runId) => readBy(thresholds, runRows.find(runId)))
      const systems = [...new Set(systemIds)].map((systemId) => systemRows.find(systemId))
      const corpusId = assertComparable(runs, systems, split)
      const distinctions = distinctionsOf(runs)
      const looked = await Promise.all(
        runs.map(async (run) => ({ run, name: labelOfRun(run, distinctions), ...(await look(run, split)) })),
      )
      return {
        ...{ corpusId, anchor: runs[0]?.config.model.anchor ?? 'last' },
        divided: { data: runs.some(({ data }) => data.isDevLent) ? { isDevLent: true } : {} },
        systems: await Promise.all(systems.map(presentScores)),
        compared: looked.flatMap(({ run, name, stored }) => (stored ? [toCompared(run, name, stored)] : [])),
        unscored: looked.flatMap(({ run, name, stored, cost }) =>
          stored ? [] : [{ runId: run.runId, name, ...cost }],
        ),
      }
    },

    testedRows: ({ compared, systems }, { match, split, names, thresholds }) => [
      ...labelGroups(compared, names).map(({ label, runs }) => {
        const known = runs.map((run) => ({ run, own: counted(readBy(thresholds, runRows.find(run.runId)), split) }))
        return {
          label,
          ids: runs.map(({ runId }) => runId),
          key: JSON.stringify([match, known.map(({ own }) => own?.evaluationId ?? null)]),
          runs: known.map(({ run, own }) => ({
            name: run.name,
            counts: own?.counts[match] ?? null,
            goldKey: own ? keyOfGold(own.digests) : '',
            changedSentences: run.changedSentences,
            isTuned: run.isTuned,
            isSelectedHere: run.config.training.selectOn === split,
          })),
        }
      }),
      ...groupSystems(systems, names).map(({ label, members }) => ({
        label,
        ids: members.map(({ systemId }) => systemId),
        key: JSON.stringify([match, members.map(({ systemId, digests }) => [systemId, keyOfGold(digests)])]),
        runs: members.map(({ systemId, name, digests }) => ({
          ...{ name, counts: systemRows.counts(systemId)[match] ?? null, goldKey: keyOfGold(digests) },
          ...{ changedSentences: 0, isTuned: null, isSelectedHere: null },
        })),
      })),
    ],
  }
}

/** The run as it is read: with the thresholds that were tuned, or as its settings say. */
const readBy = (thresholds: ComparedRequest['thresholds'], run: Run): Run =>
  thresholds === 'given' ? { ...run, thresholds: null } : run

const keyOfGold = (digests: Uint8Array): string => createHash('sha256').update(digests).digest('base64')

/** Answers with the corpus that all are of. @throws AppError naming what cannot stand in one table. */
function assertComparable(runs: readonly Run[], systems: readonly SystemRow[], split: Split): number {
  const [first] = runs
  const corpusId = first?.corpusId ?? systems[0]?.corpusId
  if (corpusId === undefined) throw new AppError('invalid-input', 'Choose at least one run or system to compare.')
  const stranger = runs.find((run) => run.corpusId !== corpusId)
  if (first && stranger)
    throw new AppError(
      'invalid-input',
      `${first.name} was trained on "${first.data.corpusName}" and ${stranger.name} on "${stranger.data.corpusName}": scores on different corpora never share a table. Choose runs of one corpus.`,
    )
  const untrained = runs.find(({ bestEpoch }) => bestEpoch === null)
  if (untrained)
    throw new AppError('conflict', `${untrained.name} has no checkpoint yet: let it finish at least one epoch first.`)
  const other = systems.find((system) => system.corpusId !== corpusId || system.split !== split)
  if (other)
    throw new AppError(
      'invalid-input',
      other.corpusId === corpusId
        ? `The predictions of ${other.name} are of the ${other.split} split, not of ${split}. Choose ${other.split}, or leave them out.`
        : `The predictions of ${other.name} are of another corpus: scores on different corpora never share a table. Leave them out.`,
    )
  return corpusId
}
