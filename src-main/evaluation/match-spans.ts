/** Match mode `span`: offsets, entity types and relation type agree. */
import type { LabelledSentence, TextTriple } from '#main/document/labelled-sentence'
import { decodeTriples, type Pass, type Reading } from '#main/document/prediction'
import type { Triple, TripleSpan } from '#main/document/relation'
import { orderTexts } from '#main/document/symmetric'
import { matchItems, textKey, toTextTriple, type Item, type SentenceItems } from './match-items.ts'

export function spanItems({ words, triples, unanchored }: LabelledSentence, prediction: Pass & Reading): SentenceItems {
  const toItem = (triple: Triple): Item => ({
    key: spanTripleKey(triple),
    type: triple.type,
    memory: textKey(toTextTriple(words, triple)),
  })
  const gold = [...triples.map(toItem), ...unanchored.map(toTextItem)]
  const stated = orderTexts(prediction.stated?.unanchored ?? [], prediction.symmetric)
  // a string that stands nowhere has no offsets, so it cannot be right here
  return matchItems(gold, [...decodeTriples(prediction).map(toItem), ...stated.map(toTextItem)], isAnchored)
}

function toTextItem(triple: TextTriple): Item {
  return { key: textKey(triple), type: triple.type, memory: textKey(triple) }
}

/** Is it the key of a triple with offsets? */
function isAnchored(key: string): boolean {
  return key.startsWith('[[')
}

/** Key of a triple by its offsets. Ranges are no strings, so that the key cannot equal that of an unanchored triple. */
export function spanTripleKey({ subject, type, object }: Triple): string {
  const rangeOf = ({ start, end, label }: TripleSpan) => [start, end, label]
  return JSON.stringify([rangeOf(subject), type, rangeOf(object)])
}
