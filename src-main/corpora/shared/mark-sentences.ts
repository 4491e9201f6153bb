/** Sentences joined where a border would cut a span or part the ends of a relation. */
import type { Sentence } from '#main/document/doc'
import type { TextRange } from '#main/text/range'
import { firstThat } from './mark-words.ts'

/** A relation by the words of its two ends. */
export interface RelationEnds {
  readonly subject: TextRange
  readonly object: TextRange
}

/**
 * Words that sentences may have together to be joined for the sake of a relation. Cells grow with the square of the words, so
 * that a relation from one end of a document to the other must not make one sentence of it.
 */
export const longestJoined = 150

/** The sentences without borders inside spans, and without those between the ends of relations that are near enough. */
export function joinSentences(
  sentences: readonly Sentence[],
  spans: readonly TextRange[],
  relations: readonly RelationEnds[],
): readonly Sentence[] {
  const joined = joinNearEnds(joinOverSpans(sentences, spans), relations)
  return joined.length === sentences.length ? sentences : joined
}

/** Index of the sentence that holds a word. */
export function sentenceOf(sentences: readonly Sentence[], word: number): number {
  return firstThat(sentences, ({ end }) => end > word)
}

function joinOverSpans(sentences: readonly Sentence[], spans: readonly TextRange[]): readonly Sentence[] {
  /** At each sentence, how many spans more cover the border before it than the border before the last one. */
  const change = new Int32Array(sentences.length + 2)
  for (const { start, end } of spans) {
    const [first, last] = [sentenceOf(sentences, start), sentenceOf(sentences, end - 1)]
    if (first === last) continue
    change[first + 1] = (change[first + 1] ?? 0) + 1
    change[last + 1] = (change[last + 1] ?? 0) - 1
  }
  let covering = 0
  const isBorder = sentences.map((_, index) => (covering += change[index] ?? 0) === 0)
  return mergeAt(sentences, isBorder)
}

/** Relations are taken in the order of the text, so that the order of the file does not matter. */
function joinNearEnds(sentences: readonly Sentence[], relations: readonly RelationEnds[]): readonly Sentence[] {
  /** At each sentence the first of those it is joined with, and at each of these the last. */
  const [firstOf, lastOf] = [sentences.map((_, index) => index), sentences.map((_, index) => index)]
  const apart = relations
    .map(({ subject, object }) => [sentenceOf(sentences, subject.start), sentenceOf(sentences, object.start)] as const)
    .map(([a, b]): readonly [number, number] => (a < b ? [a, b] : [b, a]))
    .filter(([first, last]) => first !== last)
    .sort(([a, b], [c, d]) => a - c || b - d)
  for (const [first, last] of apart) {
    const from = firstOf[first] ?? first
    const to = lastOf[firstOf[last] ?? last] ?? last
    const words = (sentences[to]?.end ?? 0) - (sentences[from]?.start ?? 0)
    if (from === firstOf[last] || words > longestJoined) continue
    firstOf.fill(from, from, to + 1)
    lastOf[from] = to
  }
  return mergeAt(
    sentences,
    firstOf.map((first, index) => first === index),
  )
}

function mergeAt(sentences: readonly Sentence[], isBorder: readonly boolean[]): readonly Sentence[] {
  const merged: Sentence[] = []
  sentences.forEach((sentence, index) => {
    const last = merged.at(-1)
    if (last && isBorder[index] === false) merged[merged.length - 1] = { start: last.start, end: sentence.end }
    else merged.push(sentence)
  })
  return merged
}
