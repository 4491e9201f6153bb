/** The splits of a corpus as runs learn, tune and are scored on them: a corpus without dev lends them a tenth of train. */
import { runSteps } from '#main/core/steps'
import type { Split } from '#main/document/doc'
import { heldOutOf } from '#main/document/held-out'
import type { LabelledSentence } from '#main/document/labelled-sentence'
import type { Run } from '#main/runs/run'

interface Corpora {
  labelledPages(corpusId: number, split: Split): Generator<LabelledSentence[], void>
}

/** The part of a run that says how its corpus is divided. */
export interface DividedRun {
  readonly data: Pick<Run['data'], 'isDevLent'>
}

/** How the corpus of a run is divided, as plain data. */
export const dividedAs = ({ data }: DividedRun): DividedRun => ({ data: data.isDevLent ? { isDevLent: true } : {} })

/**
 * Reads the sentences of a split with their gold, in order, as a run sees them, some at each step. Only a run that was made with a lent dev has one: any
 * other learnt from all of train, and would be scored on what it knows.
 */
export function* splitSteps(
  corpora: Corpora,
  corpusId: number,
  split: Split,
  { data }: DividedRun,
): Generator<void, LabelledSentence[]> {
  const own = yield* whole(corpora, corpusId, split)
  if (!data.isDevLent || split === 'test' || (split === 'dev' && own.length > 0)) return own
  const other = yield* whole(corpora, corpusId, split === 'dev' ? 'train' : 'dev')
  return split === 'dev' ? divided(other, own).dev : divided(own, other).train
}

/** The same at once. */
export function splitForRun(...request: Parameters<typeof splitSteps>): LabelledSentence[] {
  return runSteps(splitSteps(...request))
}

/** The same as pages; all at once where dev is lent. */
export function* pagesForRun(
  corpora: Corpora,
  corpusId: number,
  split: Split,
  run: DividedRun,
): Generator<LabelledSentence[], void> {
  const isLent = run.data.isDevLent && !corpora.labelledPages(corpusId, 'dev').some((page) => page.length > 0)
  if (!isLent || split === 'test') yield* corpora.labelledPages(corpusId, split)
  else yield splitForRun(corpora, corpusId, split, run)
}

/** All splits, each read once, some sentences at each step. */
export function* splitsForRuns(
  corpora: Corpora,
  corpusId: number,
): Generator<void, { readonly isLent: boolean } & Readonly<Record<Split, LabelledSentence[]>>> {
  const train = yield* whole(corpora, corpusId, 'train')
  const dev = yield* whole(corpora, corpusId, 'dev')
  const test = yield* whole(corpora, corpusId, 'test')
  const used = divided(train, dev)
  return { ...used, test, isLent: dev.length === 0 && used.dev.length > 0 }
}

function* whole({ labelledPages }: Corpora, corpusId: number, split: Split): Generator<void, LabelledSentence[]> {
  const sentences: LabelledSentence[] = []
  for (const page of labelledPages(corpusId, split)) {
    for (const sentence of page) sentences.push(sentence)
    yield
  }
  return sentences
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
