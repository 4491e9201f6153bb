/** BatchRepository: acts on many sentences of a corpus (renaming a type, answering suggestions, and taking such an act back), done in slices between which other work goes on. */
import { AppError } from '#main/core/errors'
import type { GroupAnswer } from '#main/document/suggestion-group'
import type { LabelKind } from '#main/labels/edit-labels'
import type { AnnotationRepository } from './annotation-repository.ts'
import { answerSteps } from './answer-steps.ts'
import { batchesUnderWay, beginBatch, endBatch, progressOf, settleBatch, type BatchAct } from './batch-acts.ts'
import type { Database } from './database.ts'
import { deleteLabelChange, insertLabelChange, putLabels, readLabelChange, type LabelChange } from './label-changes.ts'
import { countUses } from './label-uses.ts'
import { countBatch, nextBatch } from './operation-rows.ts'
import { renameSteps } from './rename-steps.ts'
import { checkReplay, replaySteps } from './replay-steps.ts'
import { runInSlices } from './slices.ts'

type Act = Pick<BatchAct, 'corpusId' | 'author' | 'atMs' | 'description'>

/** BatchPause: called between slices with the number of sentences that are done; it may throw to leave the rest to the next opening. */
export type BatchPause = (sentences: number) => Promise<void>

export interface BatchRepository {
  /** Begins to rename a type in a corpus: from now on it is brought to its end. @throws AppError 'conflict' while another such act is under way. */
  beginRenaming(act: Act, kind: LabelKind, change: Omit<LabelChange, 'corpusId'>): BatchAct
  /** Begins to answer suggestions: from now on it is brought to its end. @throws AppError 'conflict' while another such act is under way. */
  beginAnswer(act: Act, answer: GroupAnswer): BatchAct
  /**
   * Begins to take a batch back, or to do it again, once all its sentences were looked at.
   * @throws AppError 'conflict' where one of them, or the label set, has changed since; nothing is written then.
   */
  beginReplay(act: Act, batch: number, isUndo: boolean, pause: BatchPause): Promise<BatchAct>
  /** Does what is left of an act; answers with the number of sentences that it has changed. */
  finish(act: BatchAct, pause: BatchPause): Promise<number>
  /** Number of sentences that an act under way has changed in the end, as far as it is known; 0 where it is not. */
  size(act: BatchAct): number
  /** Number of operations of a batch. */
  count(batch: number): number
  /** Whether an act changes the label set too. */
  changesLabels(act: BatchAct): boolean
  /** Acts that were begun and are not done: what a program that ended, or a full disk, has left. */
  underWay(): BatchAct[]
}

export function createBatchRepository(
  database: Database,
  annotations: Pick<AnnotationRepository, 'annotations' | 'apply'>,
): BatchRepository {
  const pausing = (batch: number, pause: BatchPause) => () => pause(progressOf(database, batch).sentences)

  /** Puts the label set back to before a renaming, or again to after it. */
  function moveLabels({ corpusId, before, after, from, to }: LabelChange, isUndo: boolean): void {
    const [expected, wanted] = isUndo ? [after, before] : [before, after]
    const labels = database.get<{ labels: string }>('SELECT labels FROM corpus WHERE corpus_id = ?', corpusId)?.labels
    if (labels !== JSON.stringify(expected))
      throw new AppError(
        'conflict',
        `The label set has changed since ${from} became ${to}, so that cannot be ${isUndo ? 'undone' : 'done again'} as a whole. Rename the type in the label set instead.`,
      )
    putLabels(database, corpusId, wanted)
  }

  return {
    beginRenaming: (act, kind, change) =>
      database.transaction(() => {
        const begun: BatchAct = { ...act, batch: nextBatch(database), work: { renames: kind } }
        beginBatch(database, begun, true)
        insertLabelChange(database, begun.batch, { ...change, corpusId: act.corpusId })
        putLabels(database, act.corpusId, change.after)
        return begun
      }),
    beginAnswer: (act, answer) =>
      database.transaction(() => {
        const begun: BatchAct = { ...act, batch: nextBatch(database), work: { answer } }
        beginBatch(database, begun, true)
        return begun
      }),
    async beginReplay(act, batch, isUndo, pause) {
      const begun: BatchAct = { ...act, batch: nextBatch(database), work: { replays: batch, isUndo } }
      beginBatch(database, begun, false)
      try {
        await runInSlices(database, checkReplay(database, annotations, batch, isUndo), () => pause(0))
        database.transaction(() => {
          const change = readLabelChange(database, batch)
          if (change) moveLabels(change, isUndo)
          settleBatch(database, begun.batch)
        })
      } catch (error) {
        endBatch(database, begun.batch)
        throw error
      }
      return begun
    },
    async finish(act, pause) {
      const { batch, work } = act
      const steps = 'renames' in work ? renameSteps : 'answer' in work ? answerSteps : replaySteps
      await runInSlices(database, steps(database, annotations, act), pausing(batch, pause))
      return database.transaction(() => {
        const { sentences } = progressOf(database, batch)
        endBatch(database, batch)
        if (sentences === 0) deleteLabelChange(database, batch) // no operation leads to it
        return sentences
      })
    },
    size({ corpusId, batch, work }) {
      if ('replays' in work) return countBatch(database, work.replays)
      const change = readLabelChange(database, batch)
      const { sentences: done } = progressOf(database, batch)
      if ('answer' in work) return 0
      return done + (change ? countUses(database, corpusId, work.renames, change.from).sentences : 0)
    },
    count: (batch) => countBatch(database, batch),
    changesLabels: ({ batch, work }) => readLabelChange(database, 'replays' in work ? work.replays : batch) !== null,
    underWay: () => batchesUnderWay(database),
  }
}
