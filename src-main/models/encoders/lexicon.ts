/** Lexicon: maps the words of a text to numbers, as rows of a vocabulary or as pieces of a BERT, and what train remembers of them. */
import { createVocabulary, type Vocabulary } from '#main/pretrained/vocabulary'
import type { PieceVocabulary } from '#main/pretrained/word-pieces'
import type { Memory } from '../memory/memory.ts'

interface Remembering {
  /** Names and triples of train; absent where the model predicts without them. */
  readonly memory?: Memory | undefined
}

export interface WordLexicon extends Vocabulary, Remembering {}

export type Lexicon = WordLexicon | (PieceVocabulary & Remembering)

/** Number of rows of the word vectors; 0 for a lexicon of pieces. */
export function wordRows(lexicon: Lexicon): number {
  return lexicon.kind === 'words' ? lexicon.size : 0
}

/** Lexicon of a stored model. */
export function lexiconOf({ pieces, vocabulary, memory }: StoredLexicon): Lexicon {
  return { ...(pieces ?? vocabulary), memory }
}

/** Lexicon as a checkpoint stores it. */
export interface StoredLexicon extends Remembering {
  /** Vocabulary of an encoder over words; unused for pieces. */
  readonly vocabulary: Vocabulary
  /** Pieces of a BERT; null with an encoder over words. */
  readonly pieces: PieceVocabulary | null
}

export function toStored(lexicon: Lexicon): StoredLexicon {
  const { memory } = lexicon
  return lexicon.kind === 'words'
    ? { vocabulary: lexicon, pieces: null, memory }
    : { vocabulary: createVocabulary([]), pieces: lexicon, memory }
}

/** Some words of the lexicon, at least one, to try a model with. */
export function someWords(lexicon: Lexicon, count: number): string[] {
  const own = lexicon.kind === 'words' ? lexicon.words.slice(2, 2 + count) : [] // the first two rows are reserved
  return own.length > 0 ? own : ['A', 'few', 'words', 'to', 'try', '.'].slice(0, count)
}
