/** The splits of a corpus as runs learn, tune and are scored on them: a corpus without dev lends them a tenth of train. */
import type { Split } from '#main/document/doc'
import { heldOutOf } from '#main/document/held-out'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import type { Run } from '#main/runs/run'

interface Corpora {
  labelledSentences(corpusId: number, split: Split): LabelledSentence[]
}

/** The part of a run that says how its corpus is divided. */
export interface DividedRun {
  readonly data: Pick<Run['data'], 'isDevLent'>
}

/**
 * The sentences of a split with their gold, in order, as a run sees them. Only a run that was made with a lent dev has one: any
 * other learnt from all of train, and would be scored on what it knows.
 */
export function splitForRun(
  corpora: Corpora,
  corpusId: number,
  split: Split,
  { data }: DividedRun,
): LabelledSentence[] {
  const own = corpora.labelledSentences(corpusId, split)
  if (!data.isDevLent || split === 'test' || (split === 'dev' && own.length > 0)) return own
  const other = corpora.labelledSentences(corpusId, split === 'dev' ? 'train' : 'dev')
  return split === 'dev' ? divided(other, own).dev : divided(own, other).train
}

/** The same, some sentences at each step; all at once where dev is lent. */
export function* pagesForRun(
  corpora: Corpora & { labelledPages(corpusId: number, split: Split): Generator<LabelledSentence[], void> },
  corpusId: number,
  split: Split,
  run: DividedRun,
): Generator<LabelledSentence[], void> {
  const isLent = run.data.isDevLent && !corpora.labelledPages(corpusId, 'dev').some((page) => page.length > 0)
  if (!isLent || split === 'test') yield* corpora.labelledPages(corpusId, split)
  else yield splitForRun(corpora, corpusId, split, run)
}

/** All splits, each read once. */
export function splitsForRuns(
  corpora: Corpora,
  corpusId: number,
): { readonly isLent: boolean } & Readonly<Record<Split, LabelledSentence[]>> {
  const read = (split: Split): LabelledSentence[] => corpora.labelledSentences(corpusId, split)
  const [train, dev, test] = [read('train'), read('dev'), read('test')]
  const used = divided(train, dev)
  return { ...used, test, isLent: dev.length === 0 && used.dev.length > 0 }
}

function divided(
  train: LabelledSentence[],
  dev: LabelledSentence[],
): { readonly train: LabelledSentence[]; readonly dev: LabelledSentence[] } {
  if (dev.length > 0) return { train, dev }
  const lent = heldOutOf(train)
  return {
    train: train.filter(({ sentenceId }) => !lent.has(sentenceId)),
    dev: train.filter(({ sentenceId }) => lent.has(sentenceId)),
  }
}
