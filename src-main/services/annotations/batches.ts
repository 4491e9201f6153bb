/** Acts on many sentences in the services: done one after the other, shown as a task where they take a while, and gone on with at the next opening. */
import { setImmediate } from 'node:timers/promises'
import type { UndoneOperation } from '#main/api/annotations'
import { AppError } from '#main/core/errors'
import { invertChanges, type Operation } from '#main/document/operation'
import type { GroupAnswer } from '#main/document/suggestion-group'
import type { LabelKind } from '#main/labels/edit-labels'
import type { BatchAct } from '#main/storage/batch-acts'
import type { BatchPause } from '#main/storage/batch-repository'
import type { LabelChange } from '#main/storage/label-changes'
import { countOf } from '#main/text/numbers'
import type { ServiceContext, TaskHandle } from '../context.ts'
import { afterSegmenting } from './segmentation.ts'

/** Number of sentences beyond which an act is told as one change of the corpus. */
const mostEvents = 200

type Verb = 'Undo' | 'Redo'

type Renaming = Omit<LabelChange, 'corpusId'> & { readonly description: string }

export interface Batches {
  /**
   * Renames a type in all sentences of a corpus, in its turn; answers with their number.
   * @param plan is asked when the turn has come, and throws where nothing can be renamed.
   */
  rename(corpusId: number, kind: LabelKind, plan: () => Renaming): Promise<number>
  /** Accepts or rejects a group of suggestions in all sentences of a corpus, in its turn; answers with the number of sentences. */
  answer(corpusId: number, answer: GroupAnswer): Promise<number>
  /** Takes the latest act of the person back, or does again what was taken back last: in all its sentences, or in none. */
  replay(corpusId: number, verb: Verb): Promise<UndoneOperation | null>
  /** Goes on with what a program that ended left to be done. */
  resume(): void
  /** Leaves what is under way to the next opening. */
  close(): Promise<void>
}

export function createBatches(context: ServiceContext): Batches {
  const { annotations, batches, settings } = context.workspace
  const author = (): string => settings.get().annotator
  const underWay = new Set<Promise<unknown>>()
  let isClosed = false
  let shownTasks = 0

  /** Waits for the turn, and first ends what was left on this corpus, by a full disk for instance. */
  function inTurn<T>(corpusId: number, work: () => Promise<T>): Promise<T> {
    const turn = context.inTurn('sentences', async () => {
      for (const act of batches.underWay()) if (act.corpusId === corpusId) await finish(act)
      return work()
    })
    const over = turn.catch(() => undefined).then(() => void underWay.delete(over))
    underWay.add(over)
    return turn
  }

  /** Calls the work with a pause that shows a task from the second slice on. */
  async function showing<T>(title: string, size: () => number, work: (pause: BatchPause) => Promise<T>): Promise<T> {
    let shown: { readonly task: TaskHandle; readonly total: number } | null = null
    const begun = { taskId: `many sentences ${++shownTasks}`, kind: 'labels', title, detail: '' } as const
    const pause: BatchPause = async (sentences) => {
      await setImmediate()
      if (isClosed)
        throw new AppError('cancelled', `"${title}" goes on when the workspace is opened again: Espalier closes.`)
      shown ??= {
        task: context.tasks.begin({ ...begun, fraction: null, secondsLeft: null }),
        total: size(),
      }
      const { task, total } = shown
      const fraction = total === 0 ? null : Math.min(1, sentences / total)
      task.update({ detail: countOf(sentences, 'sentence'), fraction })
    }
    const task = (): TaskHandle | undefined => shown?.task
    try {
      const result = await work(pause)
      task()?.finish('finished')
      return result
    } catch (error) {
      task()?.finish(isClosed ? 'cancelled' : 'failed', error instanceof Error ? error.message : String(error))
      throw error
    }
  }

  /** Does what is left of an act, and tells the windows. */
  async function finish(act: BatchAct, given?: BatchPause): Promise<number> {
    const work = (pause: BatchPause): Promise<number> => batches.finish(act, pause)
    const changesLabels = batches.changesLabels(act)
    const sentences = given ? await work(given) : await showing(act.description, () => batches.size(act), work)
    if (changesLabels || sentences > mostEvents) context.emit({ type: 'corpora-changed' })
    else
      for (const { sentenceId } of annotations.batch(act.batch, mostEvents))
        context.emit({ type: 'annotation-changed', sentenceId })
    return sentences
  }

  async function replayOne(corpusId: number, act: Operation, verb: Verb): Promise<UndoneOperation> {
    const { sentenceId, operationId: undoes } = act
    const changes = verb === 'Undo' ? invertChanges(act.changes) : act.changes
    const description = `${verb}: ${act.description}`
    const { operation } = annotations.apply(sentenceId, author(), description, changes, context.now(), { undoes })
    await afterSegmenting(context, corpusId, operation)
    return { operation, undoneDescription: act.description, sentences: 1 }
  }

  function replayBatch(
    corpusId: number,
    batch: number,
    { description: done }: Operation,
    verb: Verb,
  ): Promise<UndoneOperation | null> {
    const act = { corpusId, author: author(), atMs: context.now(), description: `${verb}: ${done}` }
    const work = async (pause: BatchPause): Promise<UndoneOperation | null> => {
      const begun = await batches.beginReplay(act, batch, verb === 'Undo', pause)
      const sentences = await finish(begun, pause)
      const [operation] = annotations.batch(begun.batch, 1)
      // without the annotation, which follows from the changes and may be long
      return operation ? { operation, undoneDescription: done, sentences } : null
    }
    return showing(act.description, () => batches.count(batch), work)
  }

  return {
    rename: (corpusId, kind, plan) =>
      inTurn(corpusId, () => {
        const { description, ...change } = plan()
        const act = { corpusId, author: author(), atMs: context.now(), description }
        return finish(batches.beginRenaming(act, kind, change))
      }),

    answer: (corpusId, answer) =>
      inTurn(corpusId, () => {
        const { type, text } = answer.group
        const verb = answer.isAccepted ? 'accepted' : 'rejected'
        const description = `Suggestions ${verb}: ${text === null ? type : `${text} as ${type}`}`
        const act = { corpusId, author: author(), atMs: context.now(), description }
        return finish(batches.beginAnswer(act, answer))
      }),

    async replay(corpusId, verb) {
      const find = (): Operation | null =>
        verb === 'Undo'
          ? annotations.latestUndoable(corpusId, author())
          : annotations.latestRedoable(corpusId, author())
      const latest = find()
      if (latest?.batch === undefined) return latest && replayOne(corpusId, latest, verb)
      return inTurn(corpusId, async () => {
        const act = find() // something else may have been done before the turn came
        if (act?.batch === undefined) return act && replayOne(corpusId, act, verb)
        return replayBatch(corpusId, act.batch, act, verb)
      })
    },

    resume() {
      for (const { corpusId } of batches.underWay())
        void inTurn(corpusId, () => Promise.resolve()).catch(() => undefined) // its task says why
    },

    async close() {
      isClosed = true
      await Promise.all(underWay)
    },
  }
}
