/** Over-reliance as long reads: the sentences that count, then the gauge over them, in the thread that reads. */
import { overRelianceOf, type OverReliance, type ReviewedSentence } from '#main/comparison/over-reliance'
import { isBlind } from '#main/document/blind-share'
import type { Split } from '#main/document/doc'
import type { ReadWorkspace } from '#main/storage/reader/read-workspace'

export interface ReviewedRequest {
  readonly corpusId: number
  readonly splits: readonly Split[]
  /** Who reviewed them first. */
  readonly annotator: string
  /** The first review is no older than this. */
  readonly sinceMs: number
}

/** Ids of the sentences of the splits that a person was the first to review, in the order of their reviews, and that are reviewed still. */
export function* reviewedSteps(
  { annotations }: Pick<ReadWorkspace, 'annotations'>,
  { corpusId, splits, annotator, sinceMs }: ReviewedRequest,
): Generator<void, number[]> {
  const rows = annotations.queueRows(corpusId, { status: 'reviewed', splits })
  yield
  const isReviewed = new Set(rows.map(({ sentenceId }) => sentenceId))
  return annotations
    .firstReviews(corpusId)
    .filter(({ author, atMs, sentenceId }) => author === annotator && atMs >= sinceMs && isReviewed.has(sentenceId))
    .map(({ sentenceId }) => sentenceId)
}

export interface RelianceRequest {
  readonly runId: string
  readonly sentenceIds: readonly number[]
  readonly blindShare: number
  readonly blindSeed: number
}

/** Number of sentences whose predictions and annotations one step reads. */
const readAtOnce = 100

export function* relianceSteps(
  { annotations, predictions }: Pick<ReadWorkspace, 'annotations' | 'predictions'>,
  { runId, sentenceIds, blindShare, blindSeed }: RelianceRequest,
): Generator<void, OverReliance> {
  const sentences: ReviewedSentence[] = []
  for (let at = 0; at < sentenceIds.length; at += readAtOnce) {
    const predicted = predictions.of(runId, sentenceIds.slice(at, at + readAtOnce))
    const held = annotations.annotations([...predicted.keys()])
    for (const [sentenceId, prediction] of predicted) {
      const annotation = held.get(sentenceId)
      if (annotation) sentences.push({ isBlind: isBlind(sentenceId, blindShare, blindSeed), annotation, prediction })
    }
    yield
  }
  return overRelianceOf(sentences, runId, blindSeed)
}
