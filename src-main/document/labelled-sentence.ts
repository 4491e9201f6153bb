/** LabelledSentence: a sentence with its gold, as training and scoring see it. Token indices start at 0. */
import type { Token } from './doc.ts'
import type { SymmetricTypes, Triple, TripleSpan } from './relation.ts'

/** A gold triple whose strings do not stand in the sentence: it cannot be trained on, but always counts in scoring. */
export interface TextTriple {
  readonly subject: string
  readonly type: string
  readonly object: string
}

/** The part of a sentence that a model sees. */
export interface SentenceWords {
  readonly words: readonly string[]
  /** Part of speech of every word, null where the corpus says none; left out where it says none of any. */
  readonly pos?: readonly (string | null)[]
}

export interface LabelledSentence extends SentenceWords {
  readonly sentenceId: number
  readonly spans: readonly TripleSpan[]
  readonly triples: readonly Triple[]
  readonly unanchored: readonly TextTriple[]
  /** Relation types of its corpus that have no direction; absent where there is none. Its triples are in their order already. */
  readonly symmetric?: SymmetricTypes
  /** Number of times the source repeats one of the triples word for word; absent where it is not known. */
  readonly repeatedTriples?: number
  /** Number of spans that begin or end within a word in the annotation; absent where none does. */
  readonly roundedSpans?: number
}

/** The words of a text's tokens with their parts of speech. */
export function withPos(words: readonly string[], tokens: readonly Token[]): SentenceWords {
  const hasPos = tokens.some(({ pos }) => pos !== undefined)
  return hasPos ? { words, pos: tokens.map(({ pos }) => pos ?? null) } : { words }
}

/** Number of words with a part of speech, or with one of `known`. */
export function countPos(sentences: readonly SentenceWords[], known?: ReadonlySet<string>): number {
  const counts = (one: string | null): boolean => one !== null && (known?.has(one) ?? true)
  return sentences.reduce((sum, { pos }) => sum + (pos?.filter(counts).length ?? 0), 0)
}

/** Number of words in all sentences. */
export function countWords(sentences: readonly SentenceWords[]): number {
  return sentences.reduce((sum, { words }) => sum + words.length, 0)
}

/** The sentence without its gold: the part that a model to be scored may see. */
export function withoutGold({ words, pos }: SentenceWords): SentenceWords {
  return pos ? { words, pos } : { words }
}

/** The words of a span as one string, as the file would spell it. */
export function spanText(words: readonly string[], span: Pick<TripleSpan, 'start' | 'end'>): string {
  return words.slice(span.start, span.end).join(' ')
}

/** Number of spans that training and scoring round to whole words. */
export function countRounded(sentences: readonly LabelledSentence[]): number {
  return sentences.reduce((sum, { roundedSpans }) => sum + (roundedSpans ?? 0), 0)
}
