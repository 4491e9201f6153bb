/** The span mode: offsets, entity types and the relation type agree. */
import type { LabelledSentence } from '#main/document/labelled-sentence'
import { decodeTriples, type Pass, type Prediction } from '#main/document/prediction'
import type { Triple, TripleSpan } from '#main/document/relation'
import { matchItems, textKey, toTextTriple, type Item, type SentenceItems } from './match-items.ts'

export function spanItems(
  { words, triples, unanchored }: LabelledSentence,
  prediction: Pass & Pick<Prediction, 'anchor' | 'threshold'>,
): SentenceItems {
  const toItem = (triple: Triple): Item => ({
    key: JSON.stringify([spanKey(triple.subject), triple.type, spanKey(triple.object)]),
    type: triple.type,
    memory: textKey(toTextTriple(words, triple)),
  })
  const gold = [
    ...triples.map(toItem),
    ...unanchored.map((triple): Item => ({ key: textKey(triple), type: triple.type, memory: textKey(triple) })),
  ]
  return matchItems(gold, decodeTriples(prediction, prediction.anchor, prediction.threshold).map(toItem))
}

/** Not a string, so that no offsets equal the strings of an unanchored triple. */
function spanKey({ start, end, label }: TripleSpan): [number, number, string] {
  return [start, end, label]
}
