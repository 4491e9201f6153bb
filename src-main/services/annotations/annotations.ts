/** Annotations in the services: sentences are opened, changed by operations, undone and redone from the log, and queued. */
import { AppError } from '#main/core/errors'
import type { Handlers } from '#main/api/handlers'
import type { UndoneOperation } from '#main/api/annotations'
import type { SplitCounts } from '#main/document/corpus-summary'
import { heldBackOf } from '#main/document/held-back'
import type { LayerKind, SentenceLayer } from '#main/document/layer'
import { invertChanges, squashChanges, type Operation } from '#main/document/operation'
import type { LabelChange } from '#main/storage/label-changes'
import type { Workspace } from '#main/storage/workspace'
import type { ServiceContext } from '../context.ts'
import { assertKnownTypes } from './known-types.ts'
import { createPredictMissing, type Predict } from './predict-missing.ts'
import { createPropagation } from './propagate.ts'
import { readQueue } from './queue.ts'
import { createReliance } from './reliance.ts'

/** Number of sentences beyond which an act is told as one change of the corpus. */
const mostEvents = 200

export function createAnnotations(context: ServiceContext, predict: Predict): Handlers['annotations'] {
  const { workspace } = context
  const { annotations, corpora, labels, predictions } = workspace
  const author = (): string => workspace.settings.get().annotator

  /** Writes the changes of a logged act, or their inverse, as new rows of the log: of all its sentences, or of none. */
  function replay(act: Operation | null, verb: 'Undo' | 'Redo'): UndoneOperation | null {
    if (!act) return null
    const isUndo = verb === 'Undo'
    const parts = act.batch === undefined ? [act] : annotations.batch(act.batch)
    const renamed = act.batch === undefined ? null : labels.changeOf(act.batch)
    const applied = workspace.transaction(() => {
      if (renamed && act.batch !== undefined) {
        moveLabels(workspace, renamed, isUndo)
        labels.exchangeLayers(act.batch)
      }
      const batch = parts.length > 1 ? annotations.nextBatch() : undefined
      return parts.map((part) => {
        const changes = isUndo ? invertChanges(part.changes) : part.changes
        const description = `${verb}: ${part.description}`
        try {
          const place = { undoes: part.operationId, batch }
          return annotations.apply(part.sentenceId, author(), description, changes, context.now(), place)
        } catch (error) {
          throw parts.length > 1 ? namingSentence(error, part.sentenceId, parts.length) : error
        }
      })
    })
    if (renamed || parts.length > mostEvents) context.emit({ type: 'corpora-changed' })
    else for (const { sentenceId } of parts) context.emit({ type: 'annotation-changed', sentenceId })
    const [first] = applied
    // without the annotation, which follows from the changes and may be long
    return first ? { operation: first.operation, undoneDescription: act.description, sentences: parts.length } : null
  }

  return {
    async open({ sentenceId, runId }) {
      const { text, tokens, corpusId, corpusName, split, position, previousText, nextText } =
        corpora.sentence(sentenceId)
      const annotation = annotations.annotation(sentenceId)
      const { isReviewed } = annotation.review
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
          .filter(({ kind }) => !heldBack || !isMachine(kind))
          .map(toView),
        labels: labels.get(corpusId),
        prediction: runId === null || heldBack ? null : (predictions.of(runId, [sentenceId]).get(sentenceId) ?? null),
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
      if (operationId !== null && point?.sentenceId !== sentenceId)
        throw new AppError('not-found', `Sentence ${sentenceId} has no operation ${operationId} in its history.`)
      const later = annotations.operationsAfter(sentenceId, operationId)
      const changes = squashChanges(later.flatMap((operation) => invertChanges(operation.changes)))
      if (changes.length === 0) return null
      const description = point ? `Back to: ${point.description}` : 'Back to what was imported'
      const applied = annotations.apply(sentenceId, author(), description, changes, context.now())
      context.emit({ type: 'annotation-changed', sentenceId })
      return applied
    },

    undo: async ({ corpusId }) => replay(annotations.latestUndoable(corpusId, author()), 'Undo'),
    redo: async ({ corpusId }) => replay(annotations.latestRedoable(corpusId, author()), 'Redo'),
    history: async ({ corpusId, sentenceId, limit }) => annotations.history(corpusId, sentenceId, limit),
    queue: (request) => readQueue(context, request),
    predict: ({ runId, sentenceIds }) => predict(runId, sentenceIds),
    predictMissing: createPredictMissing(context, predict),
    ...createReliance(context, predict),
    ...createPropagation(context),
  }
}

/** A layer without what only exports need: the history may be long. */
function toView({ kind, name, annotation: { spans, relations } }: SentenceLayer): SentenceLayer {
  return { kind, name, annotation: { spans, relations } }
}

/** Layers of a run or a system are predictions of a model. */
const isMachine = (kind: LayerKind): boolean => kind === 'run' || kind === 'system'

/** Puts label set and unanchored triples back to before a renaming, or again to after it. */
function moveLabels({ labels }: Workspace, change: LabelChange, isUndo: boolean): void {
  const { corpusId, before, after, from, to, unanchored } = change
  const [expected, wanted] = isUndo ? [after, before] : [before, after]
  if (JSON.stringify(labels.get(corpusId)) !== JSON.stringify(expected))
    throw new AppError(
      'conflict',
      `The label set has changed since ${from} became ${to}, so that cannot be ${isUndo ? 'undone' : 'done again'} as a whole. Rename the type in the label set instead.`,
    )
  labels.put(corpusId, wanted)
  labels.renameUnanchored(unanchored, isUndo ? from : to)
}

/** The same error with the sentence that stands in the way of an act on many: the person may have another one open. */
function namingSentence(error: unknown, sentenceId: number, sentences: number): unknown {
  if (!(error instanceof AppError) || error.code !== 'conflict') return error
  return new AppError(
    'conflict',
    `Sentence ${sentenceId} has changed since that act on ${sentences} sentences, so it is left as it is everywhere. Open #/annotate/${sentenceId} and change what is wrong there by hand.`,
  )
}
