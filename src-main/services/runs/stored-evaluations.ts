/** Stored evaluations: found as they were written, and computed from stored predictions; nothing here predicts. */
import type { Split } from '#main/document/doc'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { withThresholds, type Thresholds } from '#main/document/prediction'
import { evaluate } from '#main/evaluation/evaluate'
import { countInAllModes, type CountsByMode } from '#main/evaluation/sentence-counts'
import { scorerVersion, type ScoringCost, type StoredEvaluation } from '#main/evaluation/stored-evaluation'
import { thresholdsOf, type Run } from '#main/runs/run'
import type { EvaluationRow, KeptEvaluation } from '#main/storage/evaluation-repository'
import type { ServiceContext } from '../context.ts'
import { countChanges, digestsOf } from './gold-digests.ts'
import { identifySplit } from './run-data.ts'
import { splitForRun } from './run-splits.ts'

export interface StoredEvaluations {
  /**
   * The latest evaluation of the run's weights with its thresholds. Where these or the scorer changed since, figures on
   * the same gold are computed again from the stored predictions. Null where the split has to be scored first.
   */
  find(run: Run, split: Split, sentences: readonly LabelledSentence[]): StoredEvaluation | null
  /** Scores the stored predictions and keeps the figures; `isPredicted` when the run has just predicted the split. */
  add(run: Run, split: Split, sentences: readonly LabelledSentence[], isPredicted: boolean): StoredEvaluation
  cost(run: Run, sentences: readonly LabelledSentence[]): ScoringCost
  /** What tests of two runs need of the evaluation that `find` answers with; null where that is null, or has no counts. */
  counted(run: Run, split: Split): CountedEvaluation | null
}

export interface CountedEvaluation {
  readonly evaluationId: number
  /** Of words and gold, by which one sees whether two runs were scored on the same. */
  readonly digests: Uint8Array
  readonly counts: CountsByMode
}

export function createStoredEvaluations({ workspace, now }: ServiceContext): StoredEvaluations {
  const { corpora, evaluations, predictions, runs } = workspace
  const epochOf = ({ bestEpoch, epoch }: Run): number => bestEpoch ?? epoch
  const idsOf = (sentences: readonly LabelledSentence[]) => sentences.map(({ sentenceId }) => sentenceId)

  function add(run: Run, split: Split, sentences: readonly LabelledSentence[], isPredicted: boolean): StoredEvaluation {
    const stored = predictions.of(run.runId, idsOf(sentences))
    // the run that is asked for may have other thresholds than the stored one, by which predictions are read
    const thresholds = thresholdsOf(run)
    const predicted = sentences.map(({ sentenceId }) => {
      const prediction = stored.get(sentenceId)
      return prediction ? withThresholds(prediction, thresholds) : null
    })
    const train = splitForRun(corpora, run.corpusId, 'train', run)
    const earlier = evaluations.of(run.runId, split, epochOf(run))
    const scoredMs = now()
    const row: EvaluationRow = {
      ...{ runId: run.runId, split, checkpointEpoch: epochOf(run), scorer: scorerVersion, scoredMs, spread: null },
      thresholds,
      predictedMs: earlier[0] ? earlier[0].predictedMs : isPredicted ? scoredMs : null,
      digests: digestsOf(sentences),
      evaluation: {
        ...evaluate({ sentences, predictions: predicted, train }),
        sha256: identifySplit(sentences).sha256,
      },
    }
    evaluations.add(row, countInAllModes(sentences, predicted))
    return toStored({ ...row, hasCounts: true }, row.digests)
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

    find(run, split, sentences) {
      const rows = evaluations.of(run.runId, split, epochOf(run))
      const digests = digestsOf(sentences)
      const own = ownOf(rows, run)
      if (own) return toStored(own, digests)
      const isOfThisGold = rows[0] !== undefined && countChanges(rows[0].digests, digests) === 0
      const isPredicted = predictions.count(run.runId, idsOf(sentences)) === sentences.length
      return isOfThisGold && isPredicted ? add(run, split, sentences, false) : null
    },

    cost(run, sentences) {
      const unpredicted = sentences.length - predictions.count(run.runId, idsOf(sentences))
      const measured = runs.points(run.runId).flatMap(({ devSeconds }) => devSeconds ?? [])
      const last = measured.at(-1)
      const { sentences: dev } = run.data.splits[run.config.training.selectOn]
      const seconds = last === undefined || dev === 0 ? null : (last / dev) * unpredicted
      return { sentences: sentences.length, unpredicted, seconds: unpredicted === 0 ? 0 : seconds }
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
