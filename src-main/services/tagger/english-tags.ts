/** The parts of speech that the English tagger gives: those of Universal Dependencies, and one for white space. */
export const englishTags = [
  ...['ADJ', 'ADP', 'ADV', 'AUX', 'CCONJ', 'DET', 'INTJ', 'NOUN', 'NUM'],
  ...['PART', 'PRON', 'PROPN', 'PUNCT', 'SCONJ', 'SPACE', 'SYM', 'VERB', 'X'],
] as const
