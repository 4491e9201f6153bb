/** Lexicon: how the words of a text become numbers, as rows of a vocabulary or as pieces of a BERT. */
import { createVocabulary, type Vocabulary } from '#main/pretrained/vocabulary'
import type { PieceVocabulary } from '#main/pretrained/word-pieces'

export type Lexicon = Vocabulary | PieceVocabulary

/** Rows of the word vectors; 0 where pieces are read. */
export function wordRows(lexicon: Lexicon): number {
  return lexicon.kind === 'words' ? lexicon.size : 0
}

/** How the words of a text become numbers for a stored model. */
export function lexiconOf({ pieces, vocabulary }: StoredLexicon): Lexicon {
  return pieces ?? vocabulary
}

/** As a checkpoint keeps it. */
export interface StoredLexicon {
  /** Of no use where pieces are read. */
  readonly vocabulary: Vocabulary
  /** Of a BERT; null with an encoder that reads whole words. */
  readonly pieces: PieceVocabulary | null
}

export function toStored(lexicon: Lexicon): StoredLexicon {
  return lexicon.kind === 'words'
    ? { vocabulary: lexicon, pieces: null }
    : { vocabulary: createVocabulary([]), pieces: lexicon }
}

/** A few words that it knows, to try a model with; never none. */
export function someWords(lexicon: Lexicon, count: number): string[] {
  const own = lexicon.kind === 'words' ? lexicon.words.slice(2, 2 + count) : [] // the first two rows are reserved
  return own.length > 0 ? own : ['A', 'few', 'words', 'to', 'try', '.'].slice(0, count)
}
