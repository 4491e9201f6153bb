/**
 * Sentences of a file of predictions, found among those of a split by their letters: white space and the borders of words may
 * differ. A span that is no run of whole words here becomes a string.
 */
import { spanText, type LabelledSentence, type TextTriple } from '#main/document/labelled-sentence'
import type { Triple, TripleSpan } from '#main/document/relation'
import type { StatedSentence } from './stated-prediction.ts'

/** A sentence as a file of predictions has it. */
export interface ReadSentence extends StatedSentence {
  /** Number of the record or line, from 1. */
  readonly record: number
  readonly words: readonly string[]
  /** Gold triples that the file states beside the predictions; null where it states none. */
  readonly gold: readonly TextTriple[] | null
}

export interface MatchedSentences {
  /** What is predicted, by sentence id. */
  readonly stated: Map<number, StatedSentence>
  /** Sentences of the file that the split has not, or has fewer times. */
  readonly strangers: readonly ReadSentence[]
  /** Pairs of a sentence here and its sentence in the file. */
  readonly pairs: readonly { readonly here: LabelledSentence; readonly read: ReadSentence }[]
}

const lettersOf = (words: readonly string[]): string => words.join('')

export function matchSentences(
  sentences: readonly LabelledSentence[],
  read: readonly ReadSentence[],
): MatchedSentences {
  const waiting = Map.groupBy(sentences, ({ words }) => lettersOf(words))
  const strangers: ReadSentence[] = []
  const pairs: { here: LabelledSentence; read: ReadSentence }[] = []
  for (const sentence of read) {
    const here = waiting.get(lettersOf(sentence.words))?.shift()
    if (here) pairs.push({ here, read: sentence })
    else strangers.push(sentence)
  }
  const stated = new Map(pairs.map(({ here, read: own }) => [here.sentenceId, placeIn(here.words, own)]))
  return { stated, strangers, pairs }
}

/** Is this sentence among those of a split? */
export function isAmong(sentences: readonly LabelledSentence[], { words }: ReadSentence): boolean {
  const letters = lettersOf(words)
  return sentences.some((sentence) => lettersOf(sentence.words) === letters)
}

/** What the file states, in the words of the sentence here, which has the same letters. */
function placeIn(words: readonly string[], read: ReadSentence): StatedSentence {
  const { spans, triples, unanchored } = read
  if (words.length === read.words.length && words.every((word, at) => word === read.words[at]))
    return { spans, triples, unanchored }
  const rangeOf = placesIn(words, read.words)
  const place = ({ label, ...range }: TripleSpan): TripleSpan | null => {
    const own = rangeOf(range)
    return own && { ...own, label }
  }
  const placed: Triple[] = []
  const lost: TextTriple[] = []
  for (const { subject, type, object } of triples) {
    const [from, to] = [place(subject), place(object)]
    if (from && to) placed.push({ subject: from, type, object: to })
    else lost.push({ subject: spanText(read.words, subject), type, object: spanText(read.words, object) })
  }
  return { spans: spans.flatMap((span) => place(span) ?? []), triples: placed, unanchored: [...unanchored, ...lost] }
}

/** A range of words. */
type Range = Pick<TripleSpan, 'start' | 'end'>

/** Answers with where ranges of other words of the same letters are among these words; null for a range that is no run of whole words here. */
export function placesIn(words: readonly string[], others: readonly string[]): (range: Range) => Range | null {
  const here = new Map(bordersOf(words).map((letters, border) => [letters, border]))
  const theirs = bordersOf(others)
  return ({ start, end }) => {
    const [from, to] = [here.get(theirs[start] ?? -1), here.get(theirs[end] ?? -1)]
    return from === undefined || to === undefined ? null : { start: from, end: to }
  }
}

/** Number of letters before each word, and of all letters. */
function bordersOf(words: readonly string[]): number[] {
  let letters = 0
  return [0, ...words.map((word) => (letters += word.length))]
}
