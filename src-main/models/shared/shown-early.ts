/** ShownEarly: what is shown of a batch in place of early predictions, as plain numbers. */
import type { LabelledSentence, SentenceWords } from '#main/document/labelled-sentence'
import type { EarlyInput } from '#main/runs/early-input'
import { createRandom, keyOfWords } from './random.ts'

type SentenceGold = Pick<LabelledSentence, 'words' | 'spans' | 'triples'>

export type ShownEarly<Gold = unknown> =
  | { readonly kind: 'nothing' }
  /** Row of the word whose early predictions each word is shown [k]. */
  | { readonly kind: 'noise'; readonly rows: Int32Array }
  | { readonly kind: 'gold'; readonly gold: Gold }

/** @param encodeGold of the family; for 'gold' the sentences must have theirs. @throws Error where one has none. */
export function shownEarly<Gold>(
  input: EarlyInput,
  sentences: readonly SentenceWords[],
  encodeGold: (sentences: readonly SentenceGold[]) => Gold,
): ShownEarly<Gold> {
  switch (input) {
    case 'nothing':
      return { kind: 'nothing' }
    case 'noise':
      return { kind: 'noise', rows: Int32Array.from(sentences.flatMap(shuffledRows(sentences))) }
    case 'gold':
      return { kind: 'gold', gold: encodeGold(sentences.map(withItsGold)) }
  }
}

/** The rows of each sentence's words in an order that its words alone decide, so that it is the same in every batch. */
function shuffledRows(sentences: readonly SentenceWords[]): (sentence: SentenceWords) => number[] {
  let first = 0
  const firsts = new Map(
    sentences.map((sentence) => {
      const own = first
      first += sentence.words.length
      return [sentence, own]
    }),
  )
  return (sentence) => {
    const { words } = sentence
    const { uniform } = createRandom(1, keyOfWords(words))
    const begin = firsts.get(sentence) ?? 0
    return words
      .map((_, at) => ({ at, draw: uniform() }))
      .sort((a, b) => a.draw - b.draw)
      .map(({ at }) => begin + at)
  }
}

function withItsGold(sentence: SentenceWords): SentenceGold {
  const { words, spans, triples } = sentence as Partial<LabelledSentence> & SentenceWords
  if (!spans || !triples) throw new Error('A sentence that is shown its gold came without it')
  return { words, spans, triples }
}
