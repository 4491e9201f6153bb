/** Splits that were read last, kept as long as their corpus stays as it is: a table of many runs asks for one split again and again. */
import type { Split } from '#main/document/doc'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import type { Workspace } from '#main/storage/workspace'
import { splitForRun, type DividedRun } from './run-splits.ts'

type Corpora = Pick<Workspace['corpora'], 'labelledPages' | 'changes'>

interface Kept {
  readonly key: string
  readonly sentences: readonly LabelledSentence[]
}

/** Number of splits that are kept, and of the sentences that one of them may have. */
const most = { splits: 3, sentences: 20_000 }

const keptOf = new WeakMap<Corpora, Kept[]>()

/** A corpus as it stands: nothing of train is lent to dev. */
export const undivided: DividedRun = { data: {} }

/** The sentences of a split as a run is scored on them. */
export function keptSplit(
  corpora: Corpora,
  corpusId: number,
  split: Split,
  run: DividedRun = undivided,
): readonly LabelledSentence[] {
  const key = `${corpusId} ${split} ${run.data.isDevLent ?? false} ${corpora.changes(corpusId)}`
  const kept = keptOf.get(corpora) ?? []
  const known = kept.find((one) => one.key === key)
  if (known) return known.sentences
  const sentences = splitForRun(corpora, corpusId, split, run)
  if (sentences.length <= most.sentences) keptOf.set(corpora, [{ key, sentences }, ...kept].slice(0, most.splits))
  return sentences
}
