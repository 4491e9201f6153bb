/** RunFacts: what is known of the data of a run without reading it: sizes, labels and words that are counted. */
import type { Split } from '#main/document/doc'
import type { LabelSet } from '#main/labels/label-set'

export interface RunFacts {
  readonly corpusName: string
  readonly labels: LabelSet
  /** Numbers of sentences with words. */
  readonly sentences: Readonly<Record<Split, number>>
  /** Whether dev is a part of train, in a corpus without a dev split. */
  readonly isDevLent: boolean
  /** Whether any sentence of train is annotated. */
  readonly isAnnotated: boolean
  /** Number of words of train and dev. */
  readonly words: number
  /** Number of words of the longest sentence of train. */
  readonly longest: number
  /** Number of gold spans of train that begin or end within a word. */
  readonly rounded: number
  /** Those that any word of train has, sorted. */
  readonly partsOfSpeech: readonly string[]
  /** Share of the words of train that have a part of speech, 0 to 1. */
  readonly posShare: number
  /** Number of different words of train, in lower case. */
  readonly differentWords: number
}

/** What to say of a corpus without a dev split; nothing for one that has it. */
export function describeLentDev({ sentences: { train, dev }, isDevLent }: RunFacts): string[] {
  if (!isDevLent) return []
  return [
    `The corpus has no dev split: ${dev} of its ${train + dev} training sentences, the same for all its runs, take its place. They select the epoch and tune thresholds, and are not trained on.`,
  ]
}
