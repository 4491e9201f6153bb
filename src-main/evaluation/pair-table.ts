/** PairTable: ordered pairs of numbers as numbers, in flat arrays: as objects, a million pairs would take several times the memory and time. */

export interface PairTable {
  /** The number of a pair, a new one where it has none. */
  idOf(subject: number, object: number): number
  /** The number of a pair; -1 for one that has none. */
  find(subject: number, object: number): number
  /**
   * The pairs whose both ends are among these numbers. For each of them as many entries are looked at as there are numbers, or fewer.
   * @param isAmong whether a number is one of them.
   */
  among(numbers: readonly number[], isAmong: (number: number) => boolean): number[]
}

export function createPairTable(): PairTable {
  const subjects: number[] = []
  const objects: number[] = []
  /** The pair of the same subject that was added before; -1 for none. */
  const before: number[] = []
  /** By subject, the pair that was added last, and how many there are. */
  const latest: number[] = []
  const sizes: number[] = []
  /** Two numbers for each slot: the pair or -1, and its hash, so that another pair is passed by without looking it up. */
  let slots = new Int32Array(1 << 11).fill(-1)

  /** The place of the slot that holds the pair, or of the empty one where it belongs. */
  function slotOf(subject: number, object: number, hash: number): number {
    const last = slots.length - 1
    for (let at = (2 * hash) & last; ; at = (at + 2) & last) {
      const id = slots[at] ?? -1
      if (id < 0 || (slots[at + 1] === hash && subjects[id] === subject && objects[id] === object)) return at
    }
  }

  function find(subject: number, object: number): number {
    return slots[slotOf(subject, object, hashOf(subject, object))] ?? -1
  }

  /** Doubles the table before it is half full. */
  function grow(): void {
    const former = slots
    slots = new Int32Array(2 * former.length).fill(-1)
    const last = slots.length - 1
    for (let from = 0; from < former.length; from += 2) {
      if ((former[from] ?? -1) < 0) continue
      let at = (2 * (former[from + 1] ?? 0)) & last
      while ((slots[at] ?? -1) >= 0) at = (at + 2) & last
      slots.set(former.subarray(from, from + 2), at)
    }
  }

  return {
    find,
    idOf(subject, object) {
      const hash = hashOf(subject, object)
      const slot = slotOf(subject, object, hash)
      const known = slots[slot] ?? -1
      if (known >= 0) return known
      const id = subjects.push(subject) - 1
      objects.push(object)
      slots.set([id, hash], slot)
      while (latest.length <= subject) {
        latest.push(-1)
        sizes.push(0)
      }
      before.push(latest[subject] ?? -1)
      latest[subject] = id
      sizes[subject] = (sizes[subject] ?? 0) + 1
      if (4 * subjects.length > slots.length) grow()
      return id
    },
    among(numbers, isAmong) {
      const found: number[] = []
      for (const subject of numbers)
        if ((sizes[subject] ?? 0) <= numbers.length) {
          for (let id = latest[subject] ?? -1; id >= 0; id = before[id] ?? -1)
            if (isAmong(objects[id] ?? -1)) found.push(id)
        } else
          for (const object of numbers) {
            const id = find(subject, object)
            if (id >= 0) found.push(id)
          }
      return found
    },
  }
}

function hashOf(subject: number, object: number): number {
  const hash = Math.imul(Math.imul(subject, 0x9e3779b1) ^ object, 0x85ebca6b)
  return hash ^ (hash >>> 15)
}
