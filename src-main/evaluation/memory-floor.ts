/**
 * Memory floor: remembers every training triple and emits it where both strings stand in the sentence, if it was gold
 * in at least a fraction of the training sentences that hold both. A model has to beat it to have learnt anything.
 * It takes sentences one by one, and the time for each grows with what is found in it, not with what was remembered.
 */
import type { LabelledSentence, SentenceWords } from '#main/document/labelled-sentence'
import { goldTextTriples } from './match-items.ts'
import { stringItem, type StringMode } from './match-strings.ts'
import { toScores, type Scores } from './scores.ts'
import { createFinder } from './string-finder.ts'

export interface MemoryFloor {
  /** Fraction picked on dev, or on train when dev is empty. */
  readonly fraction: number
  readonly scores: Scores
}

/** The floor of sentences that come one after the other: all of `learn`, then of `place`, then of `pick` and `test`. */
export interface FloorFold {
  /** Remembers the gold of a training sentence. */
  learn(sentence: LabelledSentence): void
  /** Finds what was remembered in the words of a training sentence. */
  place(sentence: SentenceWords): void
  /** Counts on a sentence of dev, or of train when dev is empty, by which the fraction is picked. */
  pick(sentence: LabelledSentence): void
  test(sentence: LabelledSentence): void
  result(): MemoryFloor
}

/** Triples of one subject and one object. */
interface Pair {
  /** Number of training sentences that hold both strings. */
  both: number
  readonly triples: RememberedTriple[]
}
interface RememberedTriple {
  readonly type: string
  /** Key by which it is compared with gold. */
  readonly key: string
  /** Number of training sentences in which it is gold. */
  gold: number
}

const fractions = Array.from({ length: 21 }, (_, step) => step / 20)

export function createMemoryFloor(mode: StringMode = 'exact'): FloorFold {
  const bySubject = new Map<string, Map<string, Pair>>()
  const picked = createCounts()
  const tested = createCounts()
  let find: ReturnType<typeof createFinder> | null = null
  /** The remembered pairs whose strings both stand in a sentence. */
  const heldIn = (words: readonly string[]): Pair[] => {
    find ??= createFinder([...bySubject].flatMap(([subject, objects]) => [subject, ...objects.keys()]))
    const found = find(words)
    return [...found].flatMap((subject) => pairsWith(bySubject.get(subject), found))
  }
  const count = (sentence: LabelledSentence, counts: Counts): void => counts.add(sentence, heldIn(sentence.words), mode)
  return {
    learn(sentence) {
      for (const triple of goldTextTriples(sentence)) {
        const objects = bySubject.get(triple.subject) ?? new Map<string, Pair>()
        bySubject.set(triple.subject, objects)
        const pair = objects.get(triple.object) ?? { both: 0, triples: [] }
        objects.set(triple.object, pair)
        const known = pair.triples.find(({ type }) => type === triple.type)
        if (known) known.gold++
        else pair.triples.push({ type: triple.type, key: stringItem(triple, mode).key, gold: 1 })
      }
    },
    place(sentence) {
      for (const pair of heldIn(sentence.words)) pair.both++
    },
    pick: (sentence) => count(sentence, picked),
    test: (sentence) => count(sentence, tested),
    result() {
      const f1s = fractions.map((_, step) => picked.scores(step).f1)
      const step = Math.max(0, f1s.indexOf(Math.max(...f1s)))
      return { fraction: fractions[step] ?? 0, scores: tested.scores(step) }
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
  for (const sentence of splits.train) floor.place(sentence)
  for (const sentence of splits.dev.length > 0 ? splits.dev : splits.train) floor.pick(sentence)
  for (const sentence of splits.test) floor.test(sentence)
  return floor.result()
}

/** The pairs of a subject whose object is among the strings; goes through the shorter of the two. */
function pairsWith(objects: ReadonlyMap<string, Pair> | undefined, found: ReadonlySet<string>): Pair[] {
  if (!objects) return []
  if (objects.size <= found.size) return [...objects].flatMap(([object, pair]) => (found.has(object) ? [pair] : []))
  return [...found].flatMap((object) => objects.get(object) ?? [])
}

interface Counts {
  add(sentence: LabelledSentence, held: readonly Pair[], mode: StringMode): void
  /** Scores of emitting what was gold in at least this fraction. */
  scores(step: number): Scores
}

/** Counts of what is emitted, by the highest step of `fractions` at which it still is. */
function createCounts(): Counts {
  const predicted = fractions.map(() => 0)
  const correct = fractions.map(() => 0)
  let gold = 0
  const from = (counts: readonly number[], step: number): number =>
    counts.slice(step).reduce((sum, number) => sum + number, 0)
  return {
    add(sentence, held, mode) {
      const wanted = new Set(goldTextTriples(sentence).map((triple) => stringItem(triple, mode).key))
      gold += wanted.size
      const steps = new Map<string, number>()
      for (const { both, triples } of held)
        for (const { key, gold: times } of triples)
          steps.set(key, Math.max(steps.get(key) ?? 0, highestStep(times, both)))
      for (const [key, step] of steps) {
        predicted[step] = (predicted[step] ?? 0) + 1
        if (wanted.has(key)) correct[step] = (correct[step] ?? 0) + 1
      }
    },
    scores: (step) => toScores(gold, from(predicted, step), from(correct, step)),
  }
}

/** The last of `fractions` that the share does not fall below. */
function highestStep(gold: number, both: number): number {
  // unanchored gold may be gold in more sentences than hold both strings
  const share = both === 0 ? 0 : Math.min(1, gold / both)
  return fractions.findLastIndex((fraction) => share >= fraction)
}
