/** Annotations in the services: sentences are opened, changed by operations, undone and redone from the log, and queued. */
import { AppError } from '#main/core/errors'
import type { Handlers } from '#main/api/handlers'
import type { SplitCounts } from '#main/document/corpus-summary'
import { emptyAnnotation } from '#main/document/annotation'
import { layerPrediction } from '#main/document/layer-prediction'
import type { Prediction } from '#main/document/prediction'
import type { SuggestingLayer, SuggestionSource } from '#main/document/suggestion-source'
import { heldBackOf } from '#main/document/held-back'
import { isMachine, type SentenceLayer } from '#main/document/layer'
import { invertChanges, squashChanges, type Operation } from '#main/document/operation'
import type { ServiceContext } from '../context.ts'
import { createBatches, type Batches } from './batches.ts'
import { assertKnownTypes } from './known-types.ts'
import { createPredictMissing, type Predict } from './predict-missing.ts'
import { createPropagation } from './propagate.ts'
import { readQueue } from './queue.ts'
import { createReliance } from './reliance.ts'
import { createSegmentation } from './segmentation.ts'

export function createAnnotations(
  context: ServiceContext,
  predict: Predict,
  batches: Batches = createBatches(context),
): Handlers['annotations'] {
  const { workspace } = context
  const { annotations, corpora, labels, suggestions } = workspace
  const author = (): string => workspace.settings.get().annotator

  /** A layer that says nothing of a sentence suggests nothing; a run may not have predicted it yet. */
  function predictionOf(corpusId: number, source: SuggestionSource, sentenceId: number): Prediction | null {
    const known = suggestions.predictions(corpusId, source, [sentenceId]).get(sentenceId)
    return known ?? (source.kind === 'layer' ? layerPrediction(emptyAnnotation) : null)
  }

  return {
    async open({ sentenceId, runId, layer = null }) {
      const { text, tokens, corpusId, corpusName, split, position, previousText, nextText } =
        corpora.sentence(sentenceId)
      const annotation = annotations.annotation(sentenceId)
      const { isReviewed } = annotation.review
      const source = sourceOf(runId, layer)
      const heldBack = heldBackOf({ sentenceId, split, isReviewed }, workspace.settings.get())
      return {
        sentenceId,
        corpusId,
        corpusName,
        split,
        position,
        text,
        tokens,
        previousText,
        nextText,
        annotation,
        unanchored: annotations.unanchored(sentenceId),
        layers: annotations
          .layers(sentenceId)
          .filter((layer) => !heldBack || !isMachine(layer))
          .map(toView),
        labels: labels.get(corpusId),
        prediction: source && !heldBack ? predictionOf(corpusId, source, sentenceId) : null,
        heldBack,
        origin: workspace.corrections.origin(sentenceId),
      }
    },

    async progress({ corpusId }) {
      const counts = Object.values(corpora.find(corpusId).splits)
      const sum = (of: (count: SplitCounts) => number): number => counts.reduce((total, count) => total + of(count), 0)
      const today = new Date(context.now()).setHours(0, 0, 0, 0)
      const { reviewed, activeMs } = annotations.pace(corpusId, author(), today)
      return {
        reviewed: sum((count) => count.reviewed),
        total: sum((count) => count.sentences),
        reviewedToday: reviewed,
        activeMsToday: activeMs,
      }
    },

    async apply({ sentenceId, description, changes }) {
      assertKnownTypes(changes, labels.get(corpora.sentence(sentenceId).corpusId))
      const { operation } = annotations.apply(sentenceId, author(), description, changes, context.now())
      context.emit({ type: 'annotation-changed', sentenceId })
      // without the annotation: the caller can apply the changes itself, and it may be long
      return { operation }
    },

    async backTo({ sentenceId, operationId }) {
      const point = operationId === null ? null : annotations.operation(operationId)
      if (operationId !== null && (!point || !sentencesOf(point).includes(sentenceId)))
        throw new AppError('not-found', `Sentence ${sentenceId} has no operation ${operationId} in its history.`)
      const later = annotations.operationsAfter(sentenceId, operationId)
      if (later.some((operation) => operation.changes.some(({ kind }) => kind === 'sentence')))
        throw new AppError(
          'conflict',
          'Since then this sentence was split, or joined with the next one. Undo takes that back; from there you can go back further.',
        )
      const changes = squashChanges(later.flatMap((operation) => invertChanges(operation.changes)))
      if (changes.length === 0) return null
      const description = point ? `Back to: ${point.description}` : 'Back to what was imported'
      const applied = annotations.apply(sentenceId, author(), description, changes, context.now())
      context.emit({ type: 'annotation-changed', sentenceId })
      return applied
    },

    undo: ({ corpusId }) => batches.replay(corpusId, 'Undo'),
    redo: ({ corpusId }) => batches.replay(corpusId, 'Redo'),
    history: async ({ corpusId, sentenceId, limit }) => annotations.history(corpusId, sentenceId, limit),
    queue: (request) => readQueue(context, request),
    predict: ({ runId, sentenceIds }) => predict(runId, sentenceIds),
    predictMissing: createPredictMissing(context, predict),
    ...createReliance(context, predict),
    ...createSegmentation(context),
    ...createPropagation(context),
  }
}

/** The sentences whose history an operation is part of. */
function sentencesOf({ sentenceId, changes }: Operation): number[] {
  const border = changes.find((change) => change.kind === 'sentence')
  const next = border?.after ?? border?.before
  return next ? [sentenceId, next.sentenceId] : [sentenceId]
}

/** A layer without what only exports need: the history may be long. */
function toView({ kind, name, annotation: { spans, relations } }: SentenceLayer): SentenceLayer {
  return { kind, name, annotation: { spans, relations } }
}

function sourceOf(runId: string | null, layer: SuggestingLayer | null): SuggestionSource | null {
  if (layer) return { kind: 'layer', layer }
  return runId === null ? null : { kind: 'run', runId }
}
