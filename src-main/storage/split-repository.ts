/** SplitRepository: moves documents between the splits of a corpus, in slices between which other work goes on. */
import type { Split } from '#main/document/doc'
import type { SentenceSelection, SplitAct } from '#main/document/split-act'
import type { Database } from './database.ts'
import { runInSlices } from './slices.ts'
import {
  beginMoving,
  describeAct,
  forgetPlan,
  latestAct,
  latestUndone,
  moveSteps,
  planAct,
  planDocs,
  planSelection,
  planUndo,
} from './split-acts.ts'
import { readSplitGroups, type SplitGroups } from './split-groups.ts'

interface Act {
  readonly corpusId: number
  readonly author: string
  readonly atMs: number
}

export interface SplitRepository {
  /**
   * Moves the documents of the selected sentences; `describe` gets the number of selected sentences that were not in the split and of all that
   * moved. Answers with null when all of them are there already.
   */
  assign(
    act: Act,
    selection: SentenceSelection,
    split: Split,
    describe: (selected: number, moved: number) => string,
    pause: () => Promise<void>,
  ): Promise<SplitAct | null>
  /** Moves documents to the splits of these indices; null when all are there already. */
  place(
    act: Act,
    docs: Iterable<{ readonly docId: number; readonly before: number; readonly after: number }>,
    describe: (moved: number) => string,
    pause: () => Promise<void>,
  ): Promise<SplitAct | null>
  /** The latest act that is in effect; null when there is none. */
  latest(corpusId: number): SplitAct | null
  /** Takes the latest act back that is in effect; answers with its id and what moved, or null when there is none. */
  undo(act: Act, describe: (undone: SplitAct) => string, pause: () => Promise<void>): Promise<SplitAct | null>
  /** The act that `redo` would bring into effect again; null when there is none. */
  undone(corpusId: number): SplitAct | null
  /** Does again what was taken back last; answers with its id and what moved, or null when there is nothing, or when sentences were moved anew since. */
  redo(act: Act, describe: (redone: SplitAct) => string, pause: () => Promise<void>): Promise<SplitAct | null>
  /** The documents of a corpus with the relation types of their triples. */
  groups(corpusId: number, pause: () => Promise<void>): Promise<SplitGroups>
}

export function createSplitRepository(database: Database): SplitRepository {
  const move = async (actId: number, describe: (moved: number) => string, pause: () => Promise<void>) => {
    if (!database.get('SELECT 1 FROM split_move WHERE act_id = ?', actId)) {
      forgetPlan(database, actId)
      return null
    }
    try {
      beginMoving(database, actId)
    } catch (error) {
      forgetPlan(database, actId)
      throw error
    }
    await runInSlices(database, moveSteps(database, actId), pause)
    return describeAct(database, actId, describe)
  }
  /** Lists the documents; a failure leaves nothing behind. */
  const plan = async (actId: number, steps: Iterator<void, unknown>, pause: () => Promise<void>): Promise<void> => {
    try {
      await runInSlices(database, steps, pause)
    } catch (error) {
      forgetPlan(database, actId)
      throw error
    }
  }
  return {
    async assign(act, selection, split, describe, pause) {
      const actId = planAct(database, { ...act, undoes: null })
      let selected = 0
      const listing = (function* () {
        selected = yield* planSelection(database, { actId, corpusId: act.corpusId, selection, split })
      })()
      await plan(actId, listing, pause)
      return move(actId, (moved) => describe(selected, moved), pause)
    },
    async place(act, docs, describe, pause) {
      const actId = planAct(database, { ...act, undoes: null })
      await plan(actId, planDocs(database, actId, docs), pause)
      return move(actId, describe, pause)
    },
    latest: (corpusId) => latestAct(database, corpusId),
    async undo(act, describe, pause) {
      const undone = latestAct(database, act.corpusId)
      if (!undone) return null
      const actId = planAct(database, { ...act, undoes: undone.actId })
      await plan(actId, planUndo(database, actId, undone.actId), pause)
      const moved = await move(actId, () => describe(undone), pause)
      return moved && { ...moved, actId: undone.actId }
    },
    undone: (corpusId) => latestUndone(database, corpusId)?.undone ?? null,
    async redo(act, describe, pause) {
      const found = latestUndone(database, act.corpusId)
      if (!found) return null
      const { undone, undoneBy } = found
      const actId = planAct(database, { ...act, undoes: undoneBy })
      await plan(actId, planUndo(database, actId, undoneBy), pause)
      const moved = await move(actId, () => describe(undone), pause)
      return moved && { ...moved, actId: undone.actId }
    },
    groups: (corpusId, pause) => readSplitGroups(database, corpusId, pause),
  }
}
