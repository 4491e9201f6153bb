/** Moves of sentences between splits, each told with a button that takes it back, or does it again. */
import { ref, type Ref } from 'vue'
import { countOf } from '#window/common/figures.ts'
import type { Split } from '#main/document/doc'
import { mostListed, type SentenceSelection, type SplitAct, type SplitShares } from '#main/document/split-act'
import { client } from '#window/client.ts'
import { useToasts } from '#window/stores/toasts.ts'

export interface SeededChoice {
  readonly shares: SplitShares
  readonly seed: number
  readonly stratify: boolean
}

export interface SplitMoves {
  readonly isBusy: Ref<boolean>
  /** Resolves to whether it was done. */
  assign(corpusId: number, selection: SentenceSelection, split: Split): Promise<boolean>
  divide(corpusId: number, choice: SeededChoice): Promise<boolean>
  undo(corpusId: number): Promise<boolean>
  redo(corpusId: number): Promise<boolean>
}

/** Why a selection is not taken: it lists too many sentences one by one. Null where it is. */
export function refusalOf(selection: SentenceSelection): string | null {
  return 'sentenceIds' in selection && selection.sentenceIds.length > mostListed
    ? `Select ${countOf(mostListed, 'sentence')} at most, or all that match a filter (Ctrl+A).`
    : null
}

const labels = { undo: 'Undo', redo: 'Redo' }

export function useSplitMoves(): SplitMoves {
  const toasts = useToasts()
  const isBusy = ref(false)

  async function run(
    corpusId: number,
    work: (taskId: string) => Promise<SplitAct | null>,
    nothing: string,
    next: 'undo' | 'redo' = 'undo',
  ) {
    if (isBusy.value) return false
    isBusy.value = true
    const isDone = await toasts.attempt(async () => {
      const act = await work(crypto.randomUUID())
      const action = act && { action: { label: labels[next], run: () => void changes[next](corpusId, act.actId) } }
      toasts.show({
        kind: act ? 'success' : 'info',
        message: act ? `${act.description}.` : nothing,
        corpusId,
        ...action,
      })
    })
    isBusy.value = false
    return isDone
  }

  const changes = {
    undo: (corpusId: number, actId?: number): Promise<boolean> =>
      run(
        corpusId,
        (taskId) => client.corpora.undoSplit({ corpusId, taskId, ...(actId !== undefined && { actId }) }),
        'No splits were changed.',
        'redo',
      ),
    redo: (corpusId: number, actId?: number): Promise<boolean> =>
      run(
        corpusId,
        (taskId) => client.corpora.redoSplit({ corpusId, taskId, ...(actId !== undefined && { actId }) }),
        'Nothing was taken back since splits were changed.',
      ),
  }

  return {
    isBusy,
    undo: (corpusId) => changes.undo(corpusId),
    redo: (corpusId) => changes.redo(corpusId),
    assign(corpusId, selection, split) {
      const message = refusalOf(selection)
      if (message !== null) {
        toasts.show({ kind: 'error', message, corpusId })
        return Promise.resolve(false)
      }
      const chosen = 'sentenceIds' in selection ? { sentenceIds: [...selection.sentenceIds] } : selection
      const ask = (taskId: string) => client.corpora.assignSplit({ corpusId, selection: chosen, split, taskId })
      return run(corpusId, ask, `All of them are in ${split} already.`)
    },
    divide: (corpusId, choice) =>
      run(
        corpusId,
        (taskId) => client.corpora.split({ corpusId, ...choice, taskId }),
        'All documents are where this seed puts them already.',
      ),
  }
}
