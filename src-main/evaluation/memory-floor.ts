/**
 * Memory floor: remembers every training triple and emits it where both strings stand in the sentence, if it was gold
 * in at least a fraction of the training sentences that hold both. A model has to beat it to have learnt anything.
 * It takes sentences some at a time, and the time for each grows with what is found in it, not with what was remembered.
 */
import { createFloorCounts, type FloorCounts } from './floor-counts.ts'
import type { StringMode } from './match-strings.ts'
import { sentencesOf, wordsOf, type NumberedSentences, type TriplePlace } from './numbered-sentences.ts'
import { createPairTable } from './pair-table.ts'
import { createRememberedTriples, fractions } from './remembered-triples.ts'
import type { Scores } from './scores.ts'
import { createFinder } from './string-finder.ts'

export interface MemoryFloor {
  /** Fraction picked on dev, or on train when dev is empty. */
  readonly fraction: number
  readonly scores: Scores
}

/** The floor of sentences that come one after the other: all of `learn`, then `place`, then `pick` and `test`. */
export interface FloorFold {
  /** Remembers training sentences. */
  learn(sentences: NumberedSentences): void
  /** Finds what was remembered in all training sentences, some at each step. */
  place(): Generator<void, void>
  /** Counts on sentences of dev, by which the fraction is picked. */
  pick(sentences: NumberedSentences): void
  /** The same on all training sentences, for a corpus without dev, some at each step. */
  pickOnTrain(): Generator<void, void>
  test(sentences: NumberedSentences): void
  result(): MemoryFloor
}

/** All sentences have the numbers of one `Numbering`. */
export function createMemoryFloor(mode: StringMode = 'exact'): FloorFold {
  const train: NumberedSentences[] = []
  const finder = createFinder()
  const pairs = createPairTable()
  const memory = createRememberedTriples()
  const keys = createKeys(mode)
  let counts: { readonly picked: FloorCounts; readonly tested: FloorCounts } | null = null
  const counting = () =>
    (counts ??= {
      picked: createFloorCounts(memory, keys.count()),
      tested: createFloorCounts(memory, keys.count()),
    })

  function recall(numbers: NumberedSentences, { type, subject, object, end }: TriplePlace): number | undefined {
    const of = finder.known(numbers, subject, object)
    const to = finder.known(numbers, object, end)
    return of < 0 || to < 0 ? undefined : memory.keyOf(pairs.find(of, to), type)
  }

  /** The remembered pairs whose strings both stand in a sentence. */
  function heldIn(words: Int32Array): number[] {
    return pairs.among(finder.find(words), finder.isFound)
  }

  function count(into: FloorCounts, sentences: NumberedSentences): void {
    for (const { words, gold } of sentencesOf(sentences)) {
      const { all, known } = keys.of(sentences, gold, recall)
      into.add(heldIn(words), all, known)
    }
  }

  return {
    learn(sentences) {
      train.push(sentences)
      for (const { gold } of sentencesOf(sentences))
        for (const triple of gold) {
          const { type, subject, object, end } = triple
          const pair = pairs.idOf(finder.idOf(sentences, subject, object), finder.idOf(sentences, object, end))
          memory.add(pair, type, () => keys.add(sentences, triple))
        }
    },
    *place() {
      for (const sentences of train) {
        for (const words of wordsOf(sentences)) for (const pair of heldIn(words)) memory.meet(pair)
        yield
      }
    },
    *pickOnTrain() {
      for (const sentences of train) {
        count(counting().picked, sentences)
        yield
      }
    },
    pick: (sentences) => count(counting().picked, sentences),
    test: (sentences) => count(counting().tested, sentences),
    result() {
      const { picked, tested } = counting()
      const f1s = fractions.map((_, step) => picked.scores(step).f1)
      const step = Math.max(0, f1s.indexOf(Math.max(...f1s)))
      return { fraction: fractions[step] ?? 0, scores: tested.scores(step) }
    },
  }
}

/** Keys by which triples are compared, as numbers. */
interface Keys {
  /** The key of a triple that was not remembered before. */
  add(numbers: NumberedSentences, triple: TriplePlace): number
  count(): number
  /** The number of keys of a sentence's gold triples, and those keys that were remembered. */
  of(
    numbers: NumberedSentences,
    gold: readonly TriplePlace[],
    recall: (numbers: NumberedSentences, triple: TriplePlace) => number | undefined,
  ): { readonly all: number; readonly known: readonly number[] }
}

function createKeys(mode: StringMode): Keys {
  if (mode !== 'exact') return createWordKeys(mode)
  let count = 0
  // every triple has a key of its own, under which it is remembered
  return {
    add: () => count++,
    count: () => count,
    of(numbers, gold, recall) {
      const known: number[] = []
      for (const triple of gold) {
        const key = recall(numbers, triple)
        if (key !== undefined) known.push(key)
      }
      return { all: gold.length, known }
    },
  }
}

/** Triples share a key when one word of their ends is the same. */
function createWordKeys(mode: Exclude<StringMode, 'exact'>): Keys {
  const known = new Map<string, number>()
  function keyOf(numbers: NumberedSentences, { type, subject, object, end }: TriplePlace): string {
    const compared = mode === 'partial' ? [object - 1, end - 1] : [subject, object]
    return [type, ...compared.map((at) => numbers[at])].join(' ')
  }
  return {
    add(numbers, triple) {
      const key = keyOf(numbers, triple)
      const number = known.get(key) ?? known.size
      known.set(key, number)
      return number
    },
    count: () => known.size,
    of(numbers, gold) {
      const wanted = [...new Set(gold.map((triple) => keyOf(numbers, triple)))]
      return { all: wanted.length, known: wanted.map((key) => known.get(key)).filter((key) => key !== undefined) }
    },
  }
}
