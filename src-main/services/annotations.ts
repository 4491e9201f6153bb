/** Annotations: opened, changed by operations, undone and redone from the log, and queued for review. */
import { AppError } from '#main/api/errors'
import type { Handlers } from '#main/api/handlers'
import type { UndoneOperation } from '#main/api/views'
import { invertChanges, type Change, type Operation } from '#main/document/operation'
import type { LabelSet } from '#main/labels/label-set'
import type { ServiceContext } from './context.ts'
import { orderQueue } from './queue.ts'

/** Makes sure that a run's predictions of these sentences are stored. */
type Predict = (runId: string, sentenceIds: readonly number[]) => Promise<void>

export function createAnnotations(context: ServiceContext, predict: Predict): Handlers['annotations'] {
  const { workspace } = context
  const { annotations, corpora, labels, predictions } = workspace
  const author = (): string => workspace.settings.get().annotator

  /** Writes the changes of a logged act, or their inverse, as a new row of the log. */
  function replay(act: Operation | null, verb: 'Undo' | 'Redo'): UndoneOperation | null {
    if (!act) return null
    const changes = verb === 'Undo' ? invertChanges(act.changes) : act.changes
    const description = `${verb}: ${act.description}`
    const applied = annotations.apply(act.sentenceId, author(), description, changes, context.now(), act.operationId)
    context.emit({ type: 'annotation-changed', sentenceId: act.sentenceId })
    return { ...applied, undoneDescription: act.description }
  }

  return {
    async open({ sentenceId, runId }) {
      const { text, tokens, corpusId, corpusName, split, position, previousText, nextText } =
        corpora.sentence(sentenceId)
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
        annotation: annotations.annotation(sentenceId),
        unanchored: annotations.unanchored(sentenceId),
        labels: labels.get(corpusId),
        prediction: runId === null ? null : (predictions.of(runId, [sentenceId]).get(sentenceId) ?? null),
      }
    },

    async apply({ sentenceId, description, changes }) {
      assertKnownTypes(changes, labels.get(corpora.sentence(sentenceId).corpusId))
      const applied = annotations.apply(sentenceId, author(), description, changes, context.now())
      context.emit({ type: 'annotation-changed', sentenceId })
      return applied
    },

    undo: async ({ corpusId }) => replay(annotations.latestUndoable(corpusId, author()), 'Undo'),
    redo: async ({ corpusId }) => replay(annotations.latestRedoable(corpusId, author()), 'Redo'),
    history: async ({ corpusId, sentenceId, limit }) => annotations.history(corpusId, sentenceId, limit),
    queue: async (request) => orderQueue(workspace, request),
    predict: ({ runId, sentenceIds }) => predict(runId, sentenceIds),
  }
}

/**
 * Refuses types that the label set does not hold. Those that are there already may stay and move: they are listed as
 * violations, and undo may bring them back.
 */
function assertKnownTypes(changes: readonly Change[], { entityTypes, relationTypes }: LabelSet): void {
  for (const change of changes) {
    if (change.kind === 'span' && change.after && change.after.label !== change.before?.label)
      assertKnown('entity type', change.after.label, entityTypes)
    if (change.kind === 'relation' && change.after && change.after.type !== change.before?.type)
      assertKnown('relation type', change.after.type, relationTypes)
  }
}

function assertKnown(noun: string, wanted: string, known: readonly { readonly name: string }[]): void {
  if (known.some(({ name }) => name === wanted)) return
  throw new AppError(
    'invalid-input',
    `The label set of this corpus has no ${noun} "${wanted}", so nothing was changed. Add it to the label set first, or choose a type that is there.`,
  )
}
