/** SentenceCounts: gold, predicted and correct triples of every sentence of a split, from which tests resample. */
import type { LabelledSentence } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'
import { itemsOfEach } from './match.ts'
import { matchModes, type MatchMode } from './match-mode.ts'

/** Three arrays as long as the split, in the order of its sentences. */
export interface SentenceCounts {
  readonly gold: Uint32Array
  readonly predicted: Uint32Array
  readonly correct: Uint32Array
}

/** A match mode that is younger than an evaluation has no counts in it. */
export type CountsByMode = Readonly<Partial<Record<MatchMode, SentenceCounts>>>

export function countInAllModes(
  sentences: readonly LabelledSentence[],
  predictions: readonly (Prediction | null)[],
): CountsByMode {
  return Object.fromEntries(matchModes.map((mode) => [mode, countSentences(sentences, predictions, mode)]))
}

/** @param predictions in the order of `sentences`; null for a sentence without one, whose gold counts all the same. */
export function countSentences(
  sentences: readonly LabelledSentence[],
  predictions: readonly (Prediction | null)[],
  mode: MatchMode,
): SentenceCounts {
  const counts = emptyCounts(sentences.length)
  let at = 0
  for (const { items } of itemsOfEach(sentences, predictions, mode)) {
    counts.gold[at] = items.gold.size
    counts.predicted[at] = items.predicted.size
    counts.correct[at] = items.correct.size
    at++
  }
  return counts
}

function emptyCounts(length: number): SentenceCounts {
  return { gold: new Uint32Array(length), predicted: new Uint32Array(length), correct: new Uint32Array(length) }
}

/** Counts as bytes: the three numbers of a sentence after one another, seven bits in each byte, the lowest first. */
export function packCounts({ gold, predicted, correct }: SentenceCounts): Uint8Array {
  const bytes: number[] = []
  const put = (number: number): void => {
    let rest = number
    for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) + 0x80)
    bytes.push(rest)
  }
  for (let at = 0; at < gold.length; at++) for (const list of [gold, predicted, correct]) put(list[at] ?? 0)
  return Uint8Array.from(bytes)
}

/** @throws RangeError where the bytes are not those of whole sentences. */
export function unpackCounts(bytes: Uint8Array): SentenceCounts {
  const numbers: number[] = []
  let [number, factor] = [0, 1]
  for (const byte of bytes) {
    number += (byte % 0x80) * factor
    factor *= 0x80
    if (byte >= 0x80) continue
    numbers.push(number)
    ;[number, factor] = [0, 1]
  }
  if (factor > 1 || numbers.length % 3 > 0) throw new RangeError('These are not the counts of whole sentences.')
  const counts = emptyCounts(numbers.length / 3)
  numbers.forEach((value, at) => {
    const list = [counts.gold, counts.predicted, counts.correct][at % 3]
    if (list) list[Math.floor(at / 3)] = value
  })
  return counts
}
