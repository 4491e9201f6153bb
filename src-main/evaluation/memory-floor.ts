/**
 * Memory floor: remembers every training triple and emits it where both strings stand in the sentence, if it was gold
 * in at least a fraction of the training sentences that hold both. A model has to beat it to have learnt anything.
 * It takes sentences one by one, and the time for each grows with what is found in it, not with what was remembered.
 */
import type { LabelledSentence, TextTriple } from '#main/document/labelled-sentence'
import { createFloorCounts, type FloorCounts } from './floor-counts.ts'
import { goldTextTriples } from './match-items.ts'
import { stringItem, type StringMode } from './match-strings.ts'
import { createPairTable } from './pair-table.ts'
import { createRememberedTriples, fractions } from './remembered-triples.ts'
import type { Scores } from './scores.ts'
import { createFinder } from './string-finder.ts'
import { createSentenceList, createWordIds } from './word-ids.ts'

export interface MemoryFloor {
  /** Fraction picked on dev, or on train when dev is empty. */
  readonly fraction: number
  readonly scores: Scores
}

/** The floor of sentences that come one after the other: all of `learn`, then `place`, then `pick` and `test`. */
export interface FloorFold {
  /** Remembers a training sentence, its words as numbers. @param gold its triples as strings, each once. */
  learn(sentence: LabelledSentence, gold?: readonly TextTriple[]): void
  /** Finds what was remembered in all training sentences, some at each step. */
  place(): Generator<void, void>
  /** Counts on a sentence of dev, by which the fraction is picked. */
  pick(sentence: LabelledSentence, gold?: readonly TextTriple[]): void
  /** The same on all training sentences, for a corpus without dev, some at each step. */
  pickOnTrain(): Generator<void, void>
  test(sentence: LabelledSentence, gold?: readonly TextTriple[]): void
  result(): MemoryFloor
}

/** Number of training sentences that one step goes through. */
const sentencesPerStep = 1000

export function createMemoryFloor(mode: StringMode = 'exact'): FloorFold {
  const words = createWordIds()
  const strings = createWordIds()
  let numbered = 0
  const train = { sentences: createSentenceList(), gold: createSentenceList() }
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

  function numberOf(string: string): number {
    const number = strings.idOf(string)
    if (number === numbered) {
      numbered++
      finder.add(string.split(' ').map(words.idOf), number)
    }
    return number
  }

  function remember(triple: TextTriple): void {
    const pair = pairs.idOf(numberOf(triple.subject), numberOf(triple.object))
    memory.add(pair, triple.type, () => keys.add(triple))
  }

  function recall({ subject, type, object }: TextTriple): number | undefined {
    const [of = -1, to = -1] = strings.known([subject, object])
    return of < 0 || to < 0 ? undefined : memory.keyOf(pairs.find(of, to), type)
  }

  /** The remembered pairs whose strings both stand in a sentence. */
  function heldIn(sentence: Int32Array): number[] {
    return pairs.among(finder.find(sentence), finder.isFound)
  }

  function count(
    into: FloorCounts,
    sentence: LabelledSentence,
    gold: readonly TextTriple[] = goldTextTriples(sentence),
  ): void {
    const { all, known } = keys.of(gold, recall)
    into.add(heldIn(words.known(sentence.words)), all, known)
  }

  return {
    learn(sentence, gold = goldTextTriples(sentence)) {
      train.sentences.add(sentence.words.map(words.idOf))
      for (const triple of gold) remember(triple)
      const { all, known } = keys.of(gold, recall)
      train.gold.add([all, ...known])
    },
    *place() {
      let at = 0
      for (const sentence of train.sentences.each()) {
        for (const pair of heldIn(sentence)) memory.meet(pair)
        if (++at % sentencesPerStep === 0) yield
      }
    },
    *pickOnTrain() {
      const gold = train.gold.each()
      let at = 0
      for (const sentence of train.sentences.each()) {
        const [all = 0, ...known] = gold.next().value ?? []
        counting().picked.add(heldIn(sentence), all, known)
        if (++at % sentencesPerStep === 0) yield
      }
    },
    pick: (sentence, gold) => count(counting().picked, sentence, gold),
    test: (sentence, gold) => count(counting().tested, sentence, gold),
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
  add(triple: TextTriple): number
  count(): number
  /** The number of keys of gold triples, and those keys that were remembered. */
  of(
    gold: readonly TextTriple[],
    recall: (triple: TextTriple) => number | undefined,
  ): { readonly all: number; readonly known: readonly number[] }
}

function createKeys(mode: StringMode): Keys {
  let count = 0
  if (mode === 'exact')
    // every triple has a key of its own, which needs no string
    return {
      add: () => count++,
      count: () => count,
      of(gold, recall) {
        const known: number[] = []
        for (const triple of gold) {
          const key = recall(triple)
          if (key !== undefined) known.push(key)
        }
        return { all: gold.length, known }
      },
    }
  const numbers = createWordIds()
  return {
    add(triple) {
      const number = numbers.idOf(stringItem(triple, mode).key)
      count = Math.max(count, number + 1)
      return number
    },
    count: () => count,
    of(gold) {
      const wanted = [...new Set(gold.map((triple) => stringItem(triple, mode).key))]
      return { all: wanted.length, known: [...numbers.known(wanted)].filter((number) => number >= 0) }
    },
  }
}

/** The floor of sentences that are at hand. */
export function memoryFloor(
  splits: {
    readonly train: readonly LabelledSentence[]
    readonly dev: readonly LabelledSentence[]
    readonly test: readonly LabelledSentence[]
  },
  mode: StringMode = 'exact',
): MemoryFloor {
  const floor = createMemoryFloor(mode)
  for (const sentence of splits.train) floor.learn(sentence)
  for (const _ of floor.place()) continue
  for (const sentence of splits.dev) floor.pick(sentence)
  if (splits.dev.length === 0) for (const _ of floor.pickOnTrain()) continue
  for (const sentence of splits.test) floor.test(sentence)
  return floor.result()
}
