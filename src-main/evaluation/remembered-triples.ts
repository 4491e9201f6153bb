/** RememberedTriples: the triples that a memory floor has learnt, by the pair of their strings. */

/** Shares of the training sentences holding a triple's strings from which it may be emitted, in steps of 0.05. */
export const fractions = Array.from({ length: 21 }, (_, step) => step / 20)

export interface RememberedTriples {
  /**
   * Counts that a triple is gold in a sentence.
   * @param sentence number of the sentence; those of one sentence come one after the other.
   * @param newKey makes the key of one that was not known before, a number below 2 ** 26.
   * @returns its key, by which it is compared with gold, and which triples of different strings may share; null when the sentence has it twice.
   */
  add(sentence: number, pair: number, type: string, newKey: () => number): number | null
  /** Counts that both strings of a pair stand in a sentence. */
  meet(pair: number): void
  /** The key of a triple, or undefined. */
  keyOf(pair: number, type: string): number | undefined
  /** Takes the triples of a pair: their keys, and the highest of the `fractions`, as its place, at which each is emitted. Nothing may be added any more. */
  each(pair: number, take: (key: number, step: number) => void): void
}

export function createRememberedTriples(): RememberedTriples {
  const typeIds = new Map<string, number>()
  /** By pair: the triple that was added last (-1 for none), and the number of sentences with both strings. */
  const latest: number[] = []
  const both: number[] = []
  /** By triple. `before` is the one that its pair was given before it. */
  const [types, keys, golds, before]: [number[], number[], number[], number[]] = [[], [], [], []]
  /** By triple, the number of the last sentence that has it. */
  const lastIn: number[] = []
  let emitted: Emitted | null = null

  function find(pair: number, type: number): number {
    let triple = latest[pair] ?? -1
    while (triple >= 0 && types[triple] !== type) triple = before[triple] ?? -1
    return triple
  }

  function idOfType(type: string): number {
    const known = typeIds.get(type)
    if (known === undefined) typeIds.set(type, typeIds.size)
    return known ?? typeIds.size - 1
  }

  /** Lays the triples of each pair side by side, since every sentence asks for those of many pairs. */
  function layOut(): Emitted {
    const ends = new Int32Array(latest.length)
    const packed = new Int32Array(types.length)
    let at = 0
    for (const [pair, last] of latest.entries()) {
      for (let triple = last; triple >= 0; triple = before[triple] ?? -1)
        packed[at++] = (keys[triple] ?? 0) * stepsPerKey + highestStep(golds[triple] ?? 0, both[pair] ?? 0)
      ends[pair] = at
    }
    return { ends, packed }
  }

  return {
    add(sentence, pair, type, newKey) {
      const typeId = idOfType(type)
      const known = find(pair, typeId)
      if (known >= 0) {
        if (lastIn[known] === sentence) return null
        lastIn[known] = sentence
        golds[known] = (golds[known] ?? 0) + 1
        return keys[known] ?? 0
      }
      while (latest.length <= pair) {
        latest.push(-1)
        both.push(0)
      }
      const key = newKey()
      types.push(typeId)
      keys.push(key)
      golds.push(1)
      lastIn.push(sentence)
      before.push(latest[pair] ?? -1)
      latest[pair] = types.length - 1
      return key
    },
    meet: (pair) => void (both[pair] = (both[pair] ?? 0) + 1),
    keyOf: (pair, type) => keys[find(pair, typeIds.get(type) ?? -1)],
    each(pair, take) {
      const { ends, packed } = (emitted ??= layOut())
      const end = ends[pair] ?? 0
      for (let at = ends[pair - 1] ?? 0; at < end; at++) {
        const one = packed[at] ?? 0
        take(Math.floor(one / stepsPerKey), one % stepsPerKey)
      }
    },
  }
}

/** The triples of all pairs, one pair behind the other: where those of a pair end, and each triple's key and step as one number. */
interface Emitted {
  readonly ends: Int32Array
  readonly packed: Int32Array
}

/** A power of two above the number of `fractions`. */
const stepsPerKey = 32

/** The last of `fractions` that the share does not fall below. */
function highestStep(gold: number, both: number): number {
  // unanchored gold may be gold in more sentences than hold both strings
  const share = both === 0 ? 0 : Math.min(1, gold / both)
  return fractions.findLastIndex((fraction) => share >= fraction)
}
