/** Guesses: what a model takes for a triple, with its probability, and whether gold has it. */
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { decodeTriples, storedCellFloor, withSymmetric, type Prediction } from '#main/document/prediction'
import { goldTextTriples, toTextTriple } from './match-items.ts'
import { stringItem, type StringMode } from './match-strings.ts'

export interface TripleGuess {
  readonly relation: string
  readonly probability: number
  readonly isRight: boolean
  /** Index of its sentence. */
  readonly sentence: number
}

/**
 * All triples from the least stored probability on, once per sentence with their highest probability. `mode` decides what is right.
 * @param predictions in the order of `sentences`; null for a sentence that was not predicted.
 */
export function tripleGuesses(
  sentences: readonly LabelledSentence[],
  predictions: readonly (Prediction | null | undefined)[],
  mode: StringMode,
): TripleGuess[] {
  return sentences.flatMap((sentence, index) => {
    const prediction = predictions[index]
    if (!prediction) return []
    const { symmetric } = sentence
    const { thresholds: _, ...plain } = withSymmetric(prediction, symmetric)
    const gold = goldKeys(sentence, mode)
    const highest = new Map<string, TripleGuess>()
    for (const triple of decodeTriples({ ...plain, threshold: storedCellFloor }, mode !== 'exact')) {
      const { type: relation, probability } = triple
      const { key } = stringItem(toTextTriple(sentence.words, triple), mode, symmetric)
      if (probability > (highest.get(key)?.probability ?? 0))
        highest.set(key, { relation, probability, isRight: gold.has(key), sentence: index })
    }
    return [...highest.values()]
  })
}

/** Number of gold triples, as a mode tells them apart, by relation type. */
export function goldByRelation(sentences: readonly LabelledSentence[], mode: StringMode): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const sentence of sentences)
    for (const type of goldKeys(sentence, mode).values()) counts.set(type, (counts.get(type) ?? 0) + 1)
  return counts
}

/** Gold triples of a sentence: relation type by key. */
export function goldKeys(sentence: LabelledSentence, mode: StringMode): ReadonlyMap<string, string> {
  return new Map(
    goldTextTriples(sentence).map((triple) => [stringItem(triple, mode, sentence.symmetric).key, triple.type]),
  )
}
