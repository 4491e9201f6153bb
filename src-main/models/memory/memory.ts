/**
 * Memory: the names and triples of train by their words, and how many training sentences hold these words. It is what a
 * memory floor looks up, beside what a model predicts.
 */

/** How often what stands in a sentence was annotated. */
export interface Remembered {
  /** Number of training sentences that hold the words. */
  readonly held: number
  /** Number of those in which they are annotated so, by entity type or relation type. */
  readonly counts: ReadonlyMap<string, number>
}

export interface RememberedName extends Remembered {
  readonly words: readonly string[]
}

export interface RememberedPair extends Remembered {
  /** Places of both names among the names. */
  readonly subject: number
  readonly object: number
}

/** What of a memory stands in a sentence. */
interface Found {
  /** First words of each name that was found. */
  readonly starts: ReadonlyMap<number, readonly number[]>
  /** Places of the pairs of which both names were found. */
  readonly pairs: readonly number[]
}

export interface Memory {
  readonly names: readonly RememberedName[]
  readonly pairs: readonly RememberedPair[]
  /** Share of the triples of train that another of its sentences states of the same words. */
  readonly repeated: number
  /** Finds what stands in a sentence, whatever its annotation. The time grows with what is found. */
  find(words: readonly string[]): Found
}

export function createMemory(names: readonly RememberedName[], pairs: readonly RememberedPair[]): Memory {
  const byFirst = Map.groupBy(names.keys(), (at) => names[at]?.words[0] ?? '')
  const bySubject = Map.groupBy(pairs.keys(), (at) => pairs[at]?.subject ?? 0)
  const standsAt = (at: number, words: readonly string[], start: number): boolean =>
    names[at]?.words.every((word, index) => words[start + index] === word) ?? false
  return {
    names,
    pairs,
    repeated: repeatedShare(pairs),
    find(words) {
      const starts = new Map<number, number[]>()
      words.forEach((word, start) => {
        for (const at of byFirst.get(word) ?? [])
          if (standsAt(at, words, start)) starts.set(at, [...(starts.get(at) ?? []), start])
      })
      const held = [...starts.keys()].flatMap((at) => bySubject.get(at) ?? [])
      return { starts, pairs: held.filter((at) => starts.has(pairs[at]?.object ?? -1)) }
    },
  }
}

function repeatedShare(pairs: readonly RememberedPair[]): number {
  const counts = pairs.flatMap((pair) => [...pair.counts.values()])
  const sum = (numbers: readonly number[]): number => numbers.reduce((all, number) => all + number, 0)
  return counts.length === 0 ? 0 : sum(counts.filter((count) => count > 1)) / sum(counts)
}

/** Key of a name: its words may hold any letter, also a space. */
export const keyOf = (words: readonly string[]): string => JSON.stringify(words)
