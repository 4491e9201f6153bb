/** Memory ⇄ the text of memory.json. */
import { createMemory, type Memory, type Remembered } from './memory.ts'

/** The name of the file beside `vocabulary.txt`. */
export const memoryName = 'memory.json'

/** Counts as a list, since a label may be any word. */
type StoredCounts = readonly (readonly [label: string, count: number])[]

/** Tuples, of which a corpus has thousands: words or two places, sentences that hold them, counts by label. */
interface StoredMemory {
  readonly names: readonly (readonly [words: readonly string[], held: number, counts: StoredCounts])[]
  readonly pairs: readonly (readonly [subject: number, object: number, held: number, counts: StoredCounts])[]
}

export function memoryToText({ names, pairs }: Memory): string {
  const countsOf = ({ counts }: Remembered): StoredCounts => [...counts]
  const stored: StoredMemory = {
    names: names.map((name) => [name.words, name.held, countsOf(name)]),
    pairs: pairs.map((pair) => [pair.subject, pair.object, pair.held, countsOf(pair)]),
  }
  return `${JSON.stringify(stored)}\n`
}

/** @throws Error when the text is not one of `memoryToText`. */
export function memoryFromText(text: string): Memory {
  let stored: StoredMemory
  try {
    stored = JSON.parse(text) as StoredMemory // what is read of it is checked below
  } catch {
    throw new Error(`${memoryName} is not valid JSON: the checkpoint is damaged`)
  }
  const { names, pairs } = stored
  if (
    !Array.isArray(names) ||
    !Array.isArray(pairs) ||
    pairs.some(([subject, object]) => !names[subject] || !names[object])
  )
    throw new Error(`${memoryName} names pairs of names that it does not list: the checkpoint is damaged`)
  return createMemory(
    names.map(([words, held, counts]) => ({ words, held, counts: new Map(counts) })),
    pairs.map(([subject, object, held, counts]) => ({ subject, object, held, counts: new Map(counts) })),
  )
}
