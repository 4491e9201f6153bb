/** The splits of a corpus as runs learn, tune and are scored on them: a corpus without dev lends them a tenth of train. */
import type { Split } from '#main/document/doc'
import { heldOutOf } from '#main/document/held-out'
import type { LabelledSentence } from '#main/document/labelled-sentence'

interface Corpora {
  labelledSentences(corpusId: number, split: Split): LabelledSentence[]
}

/** The sentences of a split with their gold, in order. */
export function splitForRuns(corpora: Corpora, corpusId: number, split: Split): LabelledSentence[] {
  const own = corpora.labelledSentences(corpusId, split)
  if (split === 'test' || (split === 'dev' && own.length > 0)) return own
  const other = corpora.labelledSentences(corpusId, split === 'dev' ? 'train' : 'dev')
  return split === 'dev' ? divided(other, own).dev : divided(own, other).train
}

/** The same, some sentences at each step; all at once where dev is lent. */
export function* pagesForRuns(
  corpora: Corpora & { labelledPages(corpusId: number, split: Split): Generator<LabelledSentence[], void> },
  corpusId: number,
  split: Split,
): Generator<LabelledSentence[], void> {
  const hasDev = corpora.labelledPages(corpusId, 'dev').some((page) => page.length > 0)
  if (hasDev || split === 'test') yield* corpora.labelledPages(corpusId, split)
  else yield splitForRuns(corpora, corpusId, split)
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
