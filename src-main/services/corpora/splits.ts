/** Splits of a corpus: selected sentences moved to one, all documents divided by shares and a seed, and the latest of that taken back or done again. */
import { setImmediate } from 'node:timers/promises'
import type { Handlers } from '#main/api/handlers'
import { AppError } from '#main/core/errors'
import { splits, type Split } from '#main/document/doc'
import { seededSplit } from '#main/document/seeded-split'
import type { SplitAct, SplitPreview, SplitShares } from '#main/document/split-act'
import type { SplitGroups } from '#main/storage/split-groups'
import { countOf } from '#main/text/numbers'
import type { ServiceContext } from '../context.ts'

type SplitCalls = Pick<Handlers['corpora'], 'assignSplit' | 'previewSplit' | 'split' | 'undoSplit' | 'redoSplit'>

export function createSplits(context: ServiceContext): SplitCalls {
  const { workspace } = context
  const actOn = (corpusId: number) => ({
    corpusId,
    author: workspace.settings.get().annotator,
    atMs: context.now(),
  })

  /** Shows the work as a task; it is one of the things that move sentences, which take turns. */
  async function move(
    taskId: string,
    title: string,
    work: (pause: () => Promise<void>) => Promise<SplitAct | null>,
  ): Promise<SplitAct | null> {
    const empty = { detail: '', fraction: null, secondsLeft: null }
    const task = context.tasks.begin({ taskId, kind: 'split', title, ...empty })
    try {
      const act = await context.inTurn('sentences', () => work(setImmediate))
      task.finish('finished', act?.description ?? 'nothing to move')
      if (act) context.emit({ type: 'corpora-changed' })
      return act
    } catch (error) {
      task.finish('failed', error instanceof Error ? error.message : String(error))
      throw error
    }
  }

  return {
    assignSplit: ({ corpusId, selection, split, taskId }) =>
      move(taskId, `move to ${split}`, (pause) => {
        const describe = (selected: number, moved: number): string => describeMove(split, selected, moved)
        return workspace.splits.assign(actOn(corpusId), selection, split, describe, pause)
      }),

    async previewSplit({ corpusId, shares, seed, stratify }) {
      const found = await workspace.splits.groups(corpusId, setImmediate)
      return preview(found, await divide(found, shares, seed, stratify))
    },

    split: ({ corpusId, shares, seed, stratify, taskId }) =>
      move(taskId, `split with seed ${seed}`, async (pause) => {
        const found = await workspace.splits.groups(corpusId, pause)
        const placed = await divide(found, shares, seed, stratify)
        const docs = found.groups.map(({ key, split }, index) => ({
          ...{ docId: key, before: split, after: placed[index] ?? split },
        }))
        const parts = splits.map((split) => shares[split]).join(', ')
        const describe = (moved: number): string =>
          `Split by ${parts} with seed ${seed}: ${countOf(moved, 'sentence')} moved`
        return workspace.splits.place(actOn(corpusId), docs, describe, pause)
      }),

    undoSplit: ({ corpusId, actId, taskId }) =>
      move(taskId, 'take splits back', async (pause) => {
        const describe = ({ description }: SplitAct): string => `Undo: ${description}`
        const latest = workspace.splits.latest(corpusId)
        if (actId !== undefined && latest?.actId !== actId)
          throw new AppError('conflict', 'That change of splits is not the latest any more, or was taken back already.')
        return workspace.splits.undo(actOn(corpusId), describe, pause)
      }),

    redoSplit: ({ corpusId, actId, taskId }) =>
      move(taskId, 'move to splits again', async (pause) => {
        const describe = ({ description }: SplitAct): string => `Redo: ${description}`
        const undone = workspace.splits.undone(corpusId)
        if (actId !== undefined && undone?.actId !== actId)
          throw new AppError('conflict', 'Splits were changed since that was taken back, so it cannot be done again.')
        return workspace.splits.redo(actOn(corpusId), describe, pause)
      }),
  }
}

/** "3 sentences moved to test, and 12 others of their documents". */
function describeMove(split: Split, selected: number, moved: number): string {
  const others = moved - selected
  const along = others > 0 ? `, and ${others === 1 ? 'another one' : `${others} others`} of the same documents` : ''
  return `${countOf(selected, 'sentence')} moved to ${split}${along}`
}

/** The index of each group's split. */
async function divide(
  { groups }: SplitGroups,
  shares: SplitShares,
  seed: number,
  stratify: boolean,
): Promise<Uint8Array> {
  const steps = seededSplit(stratify ? groups : groups.map((group) => ({ ...group, types: [] })), shares, seed)
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value
    await setImmediate()
  }
}

function preview({ groups, types }: SplitGroups, placed: Uint8Array): SplitPreview {
  const sentences = { train: 0, dev: 0, test: 0 }
  const documents = { train: 0, dev: 0, test: 0 }
  const triples = types.map((name) => ({ name, triples: { train: 0, dev: 0, test: 0 } }))
  let moving = 0
  groups.forEach((group, index) => {
    const split = splits[placed[index] ?? group.split] ?? 'train'
    sentences[split] += group.size
    documents[split]++
    if (placed[index] !== group.split) moving += group.size
    for (const type of group.types) {
      const row = triples[type]
      if (row) row.triples[split]++
    }
  })
  const total = ({ triples: of }: (typeof triples)[number]): number => of.train + of.dev + of.test
  return { sentences, documents, relationTypes: triples.toSorted((a, b) => total(b) - total(a)), moving }
}
