/** RememberedTriples: the triples that a memory floor has learnt, by the pair of their strings. */

/** Shares of the training sentences holding a triple's strings from which it may be emitted, in steps of 0.05. */
export const fractions = Array.from({ length: 21 }, (_, step) => step / 20)

export interface RememberedTriples {
  /**
   * Counts that a triple is gold in a sentence.
   * @param newKey makes the key of one that was not known before, a number below 2 ** 26.
   */
  add(pair: number, type: number, newKey: () => number): void
  /** Counts that both strings of a pair stand in a sentence. */
  meet(pair: number): void
  /** The key of a triple by which it is compared with gold, or undefined; triples of different strings may share one. */
  keyOf(pair: number, type: number): number | undefined
  /** Takes the triples of a pair: their keys, and the highest of the `fractions`, as its place, at which each is emitted. Nothing may be added any more. */
  each(pair: number, take: (key: number, step: number) => void): void
}

export function createRememberedTriples(): RememberedTriples {
  /** By pair: the triple that was added last (-1 for none), and the number of sentences with both strings. */
  const latest: number[] = []
  const both: number[] = []
  /** By triple. `before` is the one that its pair was given before it. */
  const [types, keys, golds, before]: [number[], number[], number[], number[]] = [[], [], [], []]
  let emitted: Emitted | null = null

  function find(pair: number, type: number): number {
    let triple = latest[pair] ?? -1
    while (triple >= 0 && types[triple] !== type) triple = before[triple] ?? -1
    return triple
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
    add(pair, type, newKey) {
      const known = find(pair, type)
      if (known >= 0) return void (golds[known] = (golds[known] ?? 0) + 1)
      while (latest.length <= pair) {
        latest.push(-1)
        both.push(0)
      }
      types.push(type)
      keys.push(newKey())
      golds.push(1)
      before.push(latest[pair] ?? -1)
      latest[pair] = types.length - 1
    },
    meet: (pair) => void (both[pair] = (both[pair] ?? 0) + 1),
    keyOf: (pair, type) => keys[find(pair, type)],
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
