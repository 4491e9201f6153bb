/**
 * Memory floor: remembers every training triple and emits it where both strings stand in the sentence, if it was gold
 * in at least a fraction of the training sentences that hold both. A model has to beat it to have learnt anything.
 */
import type { LabelledSentence, TextTriple } from '#main/document/labelled-sentence'
import { countItems } from './match.ts'
import { goldTextTriples, textKey } from './match-items.ts'
import { matchTexts, type StringMode } from './match-strings.ts'
import type { Scores } from './scores.ts'

export interface MemoryFloor {
  /** Fraction picked on dev, or on train when dev is empty. */
  readonly fraction: number
  readonly scores: Scores
}

interface RememberedTriple extends TextTriple {
  /** Training sentences in which the triple is gold, divided by those that hold both strings. */
  readonly fraction: number
}

const fractions = Array.from({ length: 21 }, (_, step) => step / 20)

export function memoryFloor(
  splits: {
    readonly train: readonly LabelledSentence[]
    readonly dev: readonly LabelledSentence[]
    readonly test: readonly LabelledSentence[]
  },
  mode: StringMode = 'exact',
): MemoryFloor {
  const memory = remember(splits.train)
  const picking = findAll(memory, splits.dev.length > 0 ? splits.dev : splits.train)
  const f1s = fractions.map((fraction) => scoreMemory(picking, fraction, mode).f1)
  const fraction = fractions[f1s.indexOf(Math.max(...f1s))] ?? 0
  return { fraction, scores: scoreMemory(findAll(memory, splits.test), fraction, mode) }
}

/** Training triples by their subject string. */
type Memory = ReadonlyMap<string, readonly RememberedTriple[]>

/** Gold of a sentence, and the remembered triples whose strings both stand in it. */
interface FloorSentence {
  readonly gold: readonly TextTriple[]
  readonly held: readonly RememberedTriple[]
}

function remember(train: readonly LabelledSentence[]): Memory {
  const goldCounts = new Map<string, { readonly triple: TextTriple; count: number }>()
  for (const triple of train.flatMap(goldTextTriples)) {
    const key = textKey(triple)
    const known = goldCounts.get(key)
    if (known) known.count++
    else goldCounts.set(key, { triple, count: 1 })
  }
  const triples = [...goldCounts.values()]
  const find = createFinder(triples.flatMap(({ triple: { subject, object } }) => [subject, object]))
  const places = new Map<string, Set<number>>()
  train.forEach(({ words }, index) => {
    for (const text of find(words)) places.set(text, (places.get(text) ?? new Set()).add(index))
  })
  const remembered = triples.map(({ triple, count }): RememberedTriple => {
    const objects = places.get(triple.object) ?? new Set()
    const both = [...(places.get(triple.subject) ?? [])].filter((sentence) => objects.has(sentence)).length
    // unanchored gold may be gold in more sentences than hold both strings
    return { ...triple, fraction: both === 0 ? 0 : Math.min(1, count / both) }
  })
  return Map.groupBy(remembered, ({ subject }) => subject)
}

function findAll(memory: Memory, sentences: readonly LabelledSentence[]): FloorSentence[] {
  const triples = [...memory.values()].flat()
  const find = createFinder(triples.flatMap(({ subject, object }) => [subject, object]))
  return sentences.map((sentence) => {
    const found = find(sentence.words)
    const held = [...found].flatMap((subject) => memory.get(subject) ?? []).filter(({ object }) => found.has(object))
    return { gold: goldTextTriples(sentence), held }
  })
}

function scoreMemory(sentences: readonly FloorSentence[], fraction: number, mode: StringMode): Scores {
  const items = sentences.map(({ gold, held }) => {
    const emitted = held.filter((triple) => triple.fraction >= fraction)
    return matchTexts(gold, emitted, mode)
  })
  return countItems(items)
}

/** Returns a function that finds which of `strings` stand in a sentence as whole words. */
function createFinder(strings: readonly string[]): (words: readonly string[]) => Set<string> {
  const wanted = new Set(strings)
  /** lengths of the strings in words, by their first word */
  const lengths = new Map<string, Set<number>>()
  for (const text of wanted) {
    const [first = '', ...rest] = text.split(' ')
    lengths.set(first, (lengths.get(first) ?? new Set()).add(1 + rest.length))
  }
  return (sentence) => {
    const candidates = sentence.flatMap((word, start) =>
      [...(lengths.get(word) ?? [])].map((length) => sentence.slice(start, start + length).join(' ')),
    )
    return new Set(candidates.filter((text) => wanted.has(text)))
  }
}
