/** Stored evaluations: found as they were written, and computed from stored predictions; nothing here predicts. */
import type { Split } from '#main/document/doc'
import type { Thresholds } from '#main/document/prediction'
import type { CountsByMode } from '#main/evaluation/sentence-counts'
import { scorerVersion, type ScoringCost, type StoredEvaluation } from '#main/evaluation/stored-evaluation'
import { thresholdsOf, type Run } from '#main/runs/run'
import type { EvaluationRow, KeptEvaluation } from '#main/storage/evaluation-repository'
import type { ServiceContext } from '../context.ts'
import { countChanges } from './gold-digests.ts'
import { dividedAs } from './run-splits.ts'
import type { ReadSplitGold } from './split-gold.ts'

export interface StoredEvaluations {
  /**
   * The latest evaluation of the run's weights with its thresholds. Where these or the scorer changed since, figures on
   * the same gold are computed again from the stored predictions. Null where the split has to be scored first.
   */
  find(run: Run, split: Split): Promise<StoredEvaluation | null>
  /** Scores the stored predictions and keeps the figures; `isPredicted` when the run has just predicted the split. */
  add(run: Run, split: Split, isPredicted: boolean): Promise<StoredEvaluation>
  cost(run: Run, sentenceIds: readonly number[]): ScoringCost
  /** Reads of the evaluation that `find` answers with what tests of two runs need; null where that is null, or has no counts. */
  counted(run: Run, split: Split): CountedEvaluation | null
}

export interface CountedEvaluation {
  readonly evaluationId: number
  /** Of words and gold, by which one sees whether two runs were scored on the same. */
  readonly digests: Uint8Array
  readonly counts: CountsByMode
}

export function createStoredEvaluations(
  { workspace, reads, now }: ServiceContext,
  goldOf: ReadSplitGold,
): StoredEvaluations {
  const { evaluations, predictions, runs } = workspace
  const epochOf = ({ bestEpoch, epoch }: Run): number => bestEpoch ?? epoch

  async function add(run: Run, split: Split, isPredicted: boolean): Promise<StoredEvaluation> {
    const { runId, corpusId } = run
    // the run that is asked for may have other thresholds than the stored one, by which predictions are read
    const thresholds = thresholdsOf(run)
    const divided = dividedAs(run)
    const scored = await reads.ask('scored', { corpusId, split, divided, member: { runId, thresholds } })
    const earlier = evaluations.of(runId, split, epochOf(run))
    const scoredMs = now()
    const row: EvaluationRow = {
      ...{ runId, split, checkpointEpoch: epochOf(run), scorer: scorerVersion, scoredMs, spread: null },
      thresholds,
      predictedMs: earlier[0] ? earlier[0].predictedMs : isPredicted ? scoredMs : null,
      ...{ digests: scored.digests, evaluation: scored.evaluation },
    }
    evaluations.add(row, scored.counts)
    return toStored({ ...row, hasCounts: true }, row.digests)
  }

  const adding = new Map<string, Promise<StoredEvaluation>>()

  /** Whoever looks meanwhile waits for the same. */
  function addOnce(run: Run, split: Split): Promise<StoredEvaluation> {
    const key = JSON.stringify([run.runId, split, keyOf(thresholdsOf(run))])
    const added = adding.get(key) ?? add(run, split, false).finally(() => adding.delete(key))
    adding.set(key, added)
    return added
  }

  /** The latest of the present scorer with the present thresholds. */
  function ownOf(rows: readonly KeptEvaluation[], run: Run): KeptEvaluation | undefined {
    const wanted = keyOf(thresholdsOf(run))
    return rows.find(({ thresholds, scorer }) => scorer === scorerVersion && keyOf(thresholds) === wanted)
  }

  return {
    add,

    counted(run, split) {
      const own = ownOf(evaluations.of(run.runId, split, epochOf(run)), run)
      const counts = own && evaluations.counts(own.evaluationId)
      return own && counts ? { evaluationId: own.evaluationId, digests: own.digests, counts } : null
    },

    async find(run, split) {
      const { digests, sentenceIds } = await goldOf(run.corpusId, split, run)
      const rows = evaluations.of(run.runId, split, epochOf(run))
      const own = ownOf(rows, run)
      if (own) return toStored(own, digests)
      const isOfThisGold = rows[0] !== undefined && countChanges(rows[0].digests, digests) === 0
      const isPredicted = predictions.count(run.runId, sentenceIds) === sentenceIds.length
      return isOfThisGold && isPredicted ? addOnce(run, split) : null
    },

    cost(run, sentenceIds) {
      const unpredicted = sentenceIds.length - predictions.count(run.runId, sentenceIds)
      const measured = runs.points(run.runId).flatMap(({ devSeconds }) => devSeconds ?? [])
      const last = measured.at(-1)
      const { sentences: dev } = run.data.splits[run.config.training.selectOn]
      const seconds = last === undefined || dev === 0 ? null : (last / dev) * unpredicted
      return { sentences: sentenceIds.length, unpredicted, seconds: unpredicted === 0 ? 0 : seconds }
    },
  }
}

/** The same for thresholds that give the same figures. */
function keyOf({ usual, byRelation }: Thresholds): string {
  return JSON.stringify([usual, Object.entries(byRelation).sort(([a], [b]) => (a < b ? -1 : 1))])
}

function toStored(
  {
    evaluation,
    split,
    thresholds,
    predictedMs,
    scoredMs,
    digests,
    hasCounts,
    spread,
  }: Omit<KeptEvaluation, 'evaluationId'>,
  present: Uint8Array,
): StoredEvaluation {
  const changedSentences = countChanges(digests, present)
  return { ...evaluation, split, thresholds, predictedMs, scoredMs, changedSentences, hasCounts, spread }
}
