/** Annotations: opened, changed by operations, undone and redone from the log, and queued for review. */
import { AppError } from '#main/api/errors'
import type { Handlers } from '#main/api/handlers'
import type { UndoneOperation } from '#main/api/views'
import { invertChanges, type Change, type Operation } from '#main/document/operation'
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
      const { tokens } = corpora.sentence(sentenceId)
      assertInside(changes, tokens.length)
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

/** Labels may be new to the corpus (they are listed as violations), but offsets must exist. */
function assertInside(changes: readonly Change[], tokenCount: number): void {
  for (const change of changes) {
    if (change.kind !== 'span' || !change.after) continue
    const { start, end } = change.after
    if (start >= end || end > tokenCount)
      throw new AppError(
        'invalid-input',
        `A span from word ${start + 1} to ${end} does not fit a sentence of ${tokenCount} words. Choose words of this sentence.`,
      )
  }
}
