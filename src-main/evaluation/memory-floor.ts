/**
 * The memory floor: remember every training triple, emit it where both strings stand in the sentence, keep it if it was
 * gold in at least a fraction of the training sentences that hold both. What a model must beat to have learnt anything.
 */
import type { LabelledSentence, TextTriple } from '#main/document/labelled-sentence'
import { countItems } from './match.ts'
import { goldTextTriples, textKey } from './match-items.ts'
import { matchTexts, type StringMode } from './match-strings.ts'
import type { Scores } from './scores.ts'

export interface MemoryFloor {
  /** Picked on dev; on train when dev is empty. */
  readonly fraction: number
  readonly scores: Scores
}

interface RememberedTriple extends TextTriple {
  /** Training sentences in which it is gold, over those that hold both strings. */
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
  const picking = splits.dev.length > 0 ? splits.dev : splits.train
  const f1s = fractions.map((fraction) => scoreMemory(memory, picking, fraction, mode).f1)
  const fraction = fractions[f1s.indexOf(Math.max(...f1s))] ?? 0
  return { fraction, scores: scoreMemory(memory, splits.test, fraction, mode) }
}

type Memory = ReadonlyMap<string, readonly RememberedTriple[]>

/** Training triples by their subject string. */
function remember(train: readonly LabelledSentence[]): Memory {
  const goldCounts = new Map<string, { readonly triple: TextTriple; count: number }>()
  for (const sentence of train)
    for (const triple of goldTextTriples(sentence)) {
      const key = textKey(triple)
      const known = goldCounts.get(key) ?? { triple, count: 0 }
      known.count++
      goldCounts.set(key, known)
    }
  const strings = new Set([...goldCounts.values()].flatMap(({ triple }) => [triple.subject, triple.object]))
  const places = placesOf(train, createFinder(strings))
  const memory = new Map<string, RememberedTriple[]>()
  for (const { triple, count } of goldCounts.values()) {
    const objects = places.get(triple.object) ?? new Set()
    const both = [...(places.get(triple.subject) ?? [])].filter((sentence) => objects.has(sentence)).length
    // strings that were not anchored stand in no sentence: such a triple is never emitted anyway
    const remembered = { ...triple, fraction: both === 0 ? 0 : Math.min(1, count / both) }
    memory.set(triple.subject, [...(memory.get(triple.subject) ?? []), remembered])
  }
  return memory
}

function placesOf(
  train: readonly LabelledSentence[],
  find: (words: readonly string[]) => Set<string>,
): Map<string, Set<number>> {
  const places = new Map<string, Set<number>>()
  train.forEach(({ words }, index) => {
    for (const text of find(words)) places.set(text, (places.get(text) ?? new Set()).add(index))
  })
  return places
}

function scoreMemory(
  memory: Memory,
  sentences: readonly LabelledSentence[],
  fraction: number,
  mode: StringMode,
): Scores {
  const find = createFinder(
    new Set([...memory].flatMap(([subject, triples]) => [subject, ...triples.map(({ object }) => object)])),
  )
  return countItems(
    sentences.map((sentence) => {
      const held = find(sentence.words)
      const emitted = [...held].flatMap((subject) =>
        (memory.get(subject) ?? []).filter((triple) => triple.fraction >= fraction && held.has(triple.object)),
      )
      return matchTexts(goldTextTriples(sentence), emitted, mode)
    }),
  )
}

/** Finds which of `strings` stand in a sentence as whole words. */
function createFinder(strings: ReadonlySet<string>): (words: readonly string[]) => Set<string> {
  const byFirstWord = new Map<string, { readonly text: string; readonly words: readonly string[] }[]>()
  for (const text of strings) {
    const words = text.split(' ')
    const [first = ''] = words
    byFirstWord.set(first, [...(byFirstWord.get(first) ?? []), { text, words }])
  }
  return (sentence) => {
    const found = new Set<string>()
    sentence.forEach((word, start) => {
      for (const { text, words } of byFirstWord.get(word) ?? [])
        if (words.every((part, at) => sentence[start + at] === part)) found.add(text)
    })
    return found
  }
}
