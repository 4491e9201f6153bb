/** RunFacts: what is known of the data of a run without reading it: sizes, labels and words that are counted. */
import type { Split } from '#main/document/doc'
import type { LabelSet } from '#main/labels/label-set'
import { countOf } from '#main/text/numbers'

export interface RunFacts {
  readonly corpusName: string
  /** Labels that occur in train; runs learn no others. */
  readonly labels: LabelSet
  /** Names of the types of the label set that never occur in train. */
  readonly unseenTypes: readonly string[]
  /** Numbers of sentences with words. */
  readonly sentences: Readonly<Record<Split, number>>
  /** True where dev is a part of train, in a corpus without a dev split. */
  readonly isDevLent: boolean
  /** True where any sentence of train is annotated. */
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

/** Remarks for the person on the data, before it is trained on. */
export function remarksOn(facts: RunFacts): string[] {
  return [...describeLentDev(facts), ...describeFew(facts), ...describeUnseenTypes(facts)]
}

/** Below this number of sentences a model learns names by heart, and nothing that other text has in common with them. */
const fewSentences = 50

function describeFew({ sentences: { train, dev } }: RunFacts): string[] {
  if (train >= fewSentences || train === 0) return []
  return [
    `Train has ${countOf(train, 'sentence')} to learn from, and dev ${dev}: such a run shows that all works, but its figures move by chance. A few hundred sentences give a first model that is of use.`,
  ]
}

function describeUnseenTypes({ unseenTypes }: RunFacts): string[] {
  if (unseenTypes.length === 0) return []
  const some = unseenTypes.slice(0, shownTypes).join(', ')
  const others = unseenTypes.length > shownTypes ? ' and others' : ''
  return [`Types of the label set that never occur in train are not learnt (${unseenTypes.length}): ${some}${others}.`]
}

/** Number of names that a remark lists. */
const shownTypes = 5

function describeLentDev({ sentences: { train, dev }, isDevLent }: RunFacts): string[] {
  if (!isDevLent) return []
  return [
    `The corpus has no dev split: a tenth of train takes its place (${dev} of ${train + dev} sentences, the same for all runs). It selects the epoch and tunes thresholds, and is not trained on.`,
  ]
}
