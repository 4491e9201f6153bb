/**
 * Memory floor: remembers every training triple and emits it where both strings stand in the sentence, if it was gold
 * in at least a fraction of the training sentences that hold both. A model has to beat it to have learnt anything.
 * It takes sentences one by one, and the time for each grows with what is found in it, not with what was remembered.
 */
import { spanText, type LabelledSentence, type TextTriple } from '#main/document/labelled-sentence'
import type { TripleSpan } from '#main/document/relation'
import { createFloorCounts, type FloorCounts } from './floor-counts.ts'
import { goldTextTriples, toTextTriple } from './match-items.ts'
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
  /** Remembers a training sentence, its words as numbers. */
  learn(sentence: LabelledSentence): void
  /** Finds what was remembered in all training sentences, some at each step. */
  place(): Generator<void, void>
  /** Counts on a sentence of dev, by which the fraction is picked. */
  pick(sentence: LabelledSentence): void
  /** The same on all training sentences, for a corpus without dev, some at each step. */
  pickOnTrain(): Generator<void, void>
  test(sentence: LabelledSentence): void
  result(): MemoryFloor
}

const none = new Int32Array(0)

/** Number of training sentences that one step goes through. */
const sentencesPerStep = 1000

export function createMemoryFloor(mode: StringMode = 'exact'): FloorFold {
  const words = createWordIds()
  let [lookedAt, sentences] = [0, 0]
  /** Whether a word holds a space, so that different words can make up the same string. */
  let hasSpaces = false
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

  function numberWords(list: readonly string[]): number[] {
    const ids = list.map(words.idOf)
    const all = words.all()
    for (; lookedAt < all.length; lookedAt++) hasSpaces ||= all[lookedAt]?.includes(' ') ?? false
    return ids
  }

  function numberOf(string: string): number {
    return finder.idOf(numberWords(string.split(' ')))
  }

  function recall({ subject, type, object }: TextTriple): number | undefined {
    const [of = -1, to = -1] = [subject, object].map((string) => finder.known(words.known(string.split(' '))))
    return of < 0 || to < 0 ? undefined : memory.keyOf(pairs.find(of, to), type)
  }

  /** The remembered pairs whose strings both stand in a sentence. */
  function heldIn(sentence: Int32Array): number[] {
    return pairs.among(finder.find(sentence), finder.isFound)
  }

  function count(into: FloorCounts, sentence: LabelledSentence): void {
    const { all, known } = keys.of(goldTextTriples(sentence), recall)
    into.add(heldIn(words.known(sentence.words)), all, known)
  }

  return {
    learn(sentence) {
      const ids = numberWords(sentence.words)
      train.sentences.add(ids)
      const known: number[] = []
      const number = ++sentences
      const remember = (subject: number, type: string, object: number, toText: () => TextTriple): void => {
        const key = memory.add(number, pairs.idOf(subject, object), type, () => keys.add(toText()))
        if (key !== null) known.push(key)
      }
      // a string is the words of its span, so that it need not be put together
      const at = (span: TripleSpan): number =>
        hasSpaces ? numberOf(spanText(sentence.words, span)) : finder.idOf(ids, span.start, span.end)
      for (const triple of sentence.triples)
        remember(at(triple.subject), triple.type, at(triple.object), () => toTextTriple(sentence.words, triple))
      for (const triple of sentence.unanchored)
        remember(numberOf(triple.subject), triple.type, numberOf(triple.object), () => triple)
      train.gold.add(keys.different(known))
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
        const known = gold.next().value ?? none
        counting().picked.add(heldIn(sentence), known.length, known)
        if (++at % sentencesPerStep === 0) yield
      }
    },
    pick: (sentence) => count(counting().picked, sentence),
    test: (sentence) => count(counting().tested, sentence),
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
  /** The keys of one sentence's triples, each once. */
  different(keys: readonly number[]): readonly number[]
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
      different: (keys) => keys,
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
    different: (keys) => [...new Set(keys)],
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
