/**
 * NumberedSentences: sentences and the strings of their gold as numbers of words, many in one array, which another thread can take
 * over as it is. A sentence is: number of words, words, number of triples, triples. A triple is: type, number of subject words, number of
 * object words, subject words, object words.
 */
import { spanText, type LabelledSentence, type TextTriple } from '#main/document/labelled-sentence'
import type { Triple, TripleSpan } from '#main/document/relation'
import { createWordIds } from './word-ids.ts'

export type NumberedSentences = Int32Array<ArrayBuffer>

export interface Numbering {
  add(sentence: LabelledSentence): void
  /** The sentences that were added since this was asked for last. */
  take(): NumberedSentences
}

type NumberedTriple = readonly number[]

/** Number of triples up to which comparing each with each is quicker than making keys. */
const fewTriples = 8

export function createNumbering(): Numbering {
  const ids = createWordIds()
  const typeIds = createWordIds()
  const packed = createPack()
  let lookedAt = 0
  /** Whether a word holds a space, so that different words can make up the same string. */
  let hasSpaces = false

  function numbersOf(words: readonly string[]): number[] {
    const numbers = words.map(ids.idOf)
    const all = ids.all()
    for (; lookedAt < all.length; lookedAt++) hasSpaces ||= all[lookedAt]?.includes(' ') ?? false
    return numbers
  }

  const ofText = (string: string): number[] => numbersOf(string.split(' '))

  const ofStrings = ({ subject, type, object }: TextTriple): NumberedTriple =>
    joined(typeIds.idOf(type), ofText(subject), ofText(object))

  /** The words of a span make up its string, which need not be put together then. */
  function ofSpans({ words }: LabelledSentence, numbers: readonly number[], { subject, type, object }: Triple) {
    const at = (span: TripleSpan): readonly number[] =>
      hasSpaces || span.start >= span.end ? ofText(spanText(words, span)) : numbers.slice(span.start, span.end)
    return joined(typeIds.idOf(type), at(subject), at(object))
  }

  return {
    add(sentence) {
      const numbers = numbersOf(sentence.words)
      const gold: NumberedTriple[] = []
      for (const triple of sentence.triples) gold.push(ofSpans(sentence, numbers, triple))
      for (const triple of sentence.unanchored) gold.push(ofStrings(triple))
      packed.add(numbers.length)
      packed.addAll(numbers)
      const different = differentOf(gold)
      packed.add(different.length)
      for (const triple of different) packed.addAll(triple)
    },
    take: packed.take,
  }
}

function joined(type: number, subject: readonly number[], object: readonly number[]): NumberedTriple {
  return [type, subject.length, object.length, ...subject, ...object]
}

function differentOf(triples: readonly NumberedTriple[]): readonly NumberedTriple[] {
  if (triples.length < 2) return triples
  if (triples.length > fewTriples) return [...new Map(triples.map((triple) => [triple.join(' '), triple])).values()]
  return triples.filter((triple, at) => triples.findIndex((other) => isSame(triple, other)) === at)
}

function isSame(one: NumberedTriple, other: NumberedTriple): boolean {
  return one.length === other.length && one.every((number, at) => number === other[at])
}

/** An array that grows as numbers are added to it. */
function createPack() {
  let numbers = new Int32Array(1 << 14)
  let used = 0
  const makeRoom = (count: number): void => {
    if (used + count <= numbers.length) return
    const former = numbers
    numbers = new Int32Array(Math.max(used + count, 2 * former.length))
    numbers.set(former)
  }
  return {
    add(number: number): void {
      makeRoom(1)
      numbers[used++] = number
    },
    addAll(list: readonly number[]): void {
      makeRoom(list.length)
      for (const number of list) numbers[used++] = number
    },
    take(): NumberedSentences {
      const taken = numbers.slice(0, used)
      used = 0
      return taken
    },
  }
}

/** A gold triple as it lies in the numbers: where the words of its ends begin and end. */
export interface TriplePlace {
  readonly type: number
  readonly subject: number
  readonly object: number
  readonly end: number
}

/** A sentence as it lies in the numbers. */
export interface SentencePlace {
  readonly words: Int32Array
  readonly gold: readonly TriplePlace[]
}

export function* sentencesOf(numbers: NumberedSentences): Generator<SentencePlace, void> {
  for (let at = 0; at < numbers.length;) {
    const words = numbers.subarray(at + 1, at + 1 + (numbers[at] ?? 0))
    at += 1 + words.length
    const gold: TriplePlace[] = []
    const count = numbers[at++] ?? 0
    for (let triple = 0; triple < count; triple++) {
      const subject = at + 3
      const object = subject + (numbers[at + 1] ?? 0)
      const end = object + (numbers[at + 2] ?? 0)
      gold.push({ type: numbers[at] ?? 0, subject, object, end })
      at = end
    }
    yield { words, gold }
  }
}

/** The words alone. */
export function* wordsOf(numbers: NumberedSentences): Generator<Int32Array, void> {
  for (let at = 0; at < numbers.length;) {
    const words = numbers.subarray(at + 1, at + 1 + (numbers[at] ?? 0))
    yield words
    at += 1 + words.length
    let count = numbers[at++] ?? 0
    for (; count > 0; count--) at += 3 + (numbers[at + 1] ?? 0) + (numbers[at + 2] ?? 0)
  }
}
