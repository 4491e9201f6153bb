/** Items: what is counted of one sentence in one match mode. */
import { spanText, type LabelledSentence, type TextTriple } from '#main/document/labelled-sentence'
import type { Triple } from '#main/document/relation'

export interface Item {
  /** Two items of a sentence are the same triple when their keys are. */
  readonly key: string
  /** Relation type. */
  readonly type: string
  /** What a training triple must equal for this one to count as seen; comparable across sentences. */
  readonly memory: string
}

/** By key, so that duplicates collapse. */
export interface SentenceItems {
  readonly gold: ReadonlyMap<string, Item>
  readonly predicted: ReadonlyMap<string, Item>
  /** Keys that stand on both sides and are right. */
  readonly correct: ReadonlySet<string>
}

/** Right is what stands on both sides, and of that only what `isRight` lets pass. */
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

/** The triple as strings, the words of each span joined by spaces. */
export function toTextTriple(words: readonly string[], { subject, type, object }: Triple): TextTriple {
  return { subject: spanText(words, subject), type, object: spanText(words, object) }
}

/** All gold of a sentence as strings, each triple once, whether or not its strings stand in the sentence. */
export function goldTextTriples({ words, triples, unanchored }: LabelledSentence): TextTriple[] {
  const all = [...triples.map((triple) => toTextTriple(words, triple)), ...unanchored]
  return [...new Map(all.map((triple) => [textKey(triple), triple])).values()]
}

/** A key under which equal strings meet, whatever characters they hold. */
export function textKey({ subject, type, object }: TextTriple): string {
  return JSON.stringify([subject, type, object])
}
