/** Items: the units that one match mode counts in one sentence. */
import { spanText, type LabelledSentence, type TextTriple } from '#main/document/labelled-sentence'
import type { Triple } from '#main/document/relation'
import { orderText } from '#main/document/symmetric'

export interface Item {
  /** Key of the item. Two items of a sentence are the same triple when their keys are equal. */
  readonly key: string
  readonly type: string
  /**
   * Key by which a triple counts as seen: that of a training triple must be equal. It is comparable across sentences.
   */
  readonly memory: string
}

/** Items of one sentence by key, so that duplicates collapse. */
export interface SentenceItems {
  readonly gold: ReadonlyMap<string, Item>
  readonly predicted: ReadonlyMap<string, Item>
  /** Keys of the predicted items that are correct. */
  readonly correct: ReadonlySet<string>
}

/** Matches items by key. A predicted item is correct when gold has its key and `isRight` accepts it. */
export function matchItems(
  gold: Iterable<Item>,
  predicted: Iterable<Item>,
  isRight: (key: string) => boolean = () => true,
): SentenceItems {
  const byKey = (items: Iterable<Item>) => new Map(Array.from(items, (item) => [item.key, item]))
  const goldByKey = byKey(gold)
  const predictedByKey = byKey(predicted)
  const correct = new Set([...predictedByKey.keys()].filter((key) => goldByKey.has(key) && isRight(key)))
  return { gold: goldByKey, predicted: predictedByKey, correct }
}

/** Triple as strings, with the words of each span joined by spaces. */
export function toTextTriple(words: readonly string[], { subject, type, object, isSymmetric }: Triple): TextTriple {
  const triple = { subject: spanText(words, subject), type, object: spanText(words, object) }
  return isSymmetric ? orderText(triple, true) : triple
}

/** All gold triples of a sentence as strings, each once, whether or not the strings stand in the sentence. */
export function goldTextTriples({ words, triples, unanchored }: LabelledSentence): TextTriple[] {
  const all = [...triples.map((triple) => toTextTriple(words, triple)), ...unanchored]
  if (all.length > fewTriples) return [...new Map(all.map((triple) => [textKey(triple), triple])).values()]
  return all.filter((triple, at) => all.findIndex((other) => isSameText(triple, other)) === at)
}

/** Number of triples up to which comparing each with each is quicker than making keys. */
const fewTriples = 8

function isSameText(one: TextTriple, other: TextTriple): boolean {
  return one.object === other.object && one.subject === other.subject && one.type === other.type
}

/** Key of the three strings, whatever characters they contain. */
export function textKey({ subject, type, object }: TextTriple): string {
  return JSON.stringify([subject, type, object])
}
