/** Match modes that compare strings: exact, partial (last words) and partial-first (first words). */
import type { LabelledSentence, TextTriple } from '#main/document/labelled-sentence'
import { decodeTriples, type Pass, type Reading } from '#main/document/prediction'
import { orderText, orderTexts } from '#main/document/symmetric'
import type { SymmetricTypes } from '#main/document/relation'
import { goldTextTriples, matchItems, textKey, toTextTriple, type Item, type SentenceItems } from './match-items.ts'
import type { MatchMode } from './match-mode.ts'

export type StringMode = Extract<MatchMode, 'exact' | 'partial' | 'partial-first'>

export function isStringMode(mode: MatchMode): mode is StringMode {
  return mode in compared
}

/** Part of an entity's string that a mode compares. */
const compared: Record<StringMode, (text: string) => string> = {
  exact: (text) => text,
  partial: (text) => text.split(' ').at(-1) ?? text,
  'partial-first': (text) => text.split(' ')[0] ?? text,
}

/**
 * Items of one sentence. A cell whose word ends no span is a one-word entity in the partial modes, and no item in
 * exact mode.
 */
export function stringItems(sentence: LabelledSentence, prediction: Pass & Reading, mode: StringMode): SentenceItems {
  const keepUnanchored = mode !== 'exact'
  const triples = decodeTriples(prediction, keepUnanchored)
  const predicted = triples.map((triple) => toTextTriple(sentence.words, triple))
  const unanchored = orderTexts(prediction.stated?.unanchored ?? [], prediction.symmetric)
  return matchTexts(goldTextTriples(sentence), [...predicted, ...unanchored], mode, prediction.symmetric)
}

/** Items of predicted triples that are known only as strings, such as those of the memory floor. */
export function matchTexts(
  gold: readonly TextTriple[],
  predicted: readonly TextTriple[],
  mode: StringMode,
  symmetric?: SymmetricTypes,
): SentenceItems {
  const toItem = (triple: TextTriple) => stringItem(triple, mode, symmetric)
  return matchItems(gold.map(toItem), predicted.map(toItem))
}

/** @param symmetric types without a direction, of which parts of strings stand in their order too. */
export function stringItem({ subject, type, object }: TextTriple, mode: StringMode, symmetric?: SymmetricTypes): Item {
  const part = { subject: compared[mode](subject), type, object: compared[mode](object) }
  const key = textKey(orderText(part, symmetric?.includes(type) ?? false))
  return { key, type, memory: key }
}
