/** WordIds: words as numbers, which take four bytes and are compared at once. */

export interface WordIds {
  /** The number of a word, a new one where it has none. */
  idOf(word: string): number
  /** The words that have a number, in the order of their numbers. */
  all(): readonly string[]
}

/** Numbers of a slot: hash of the word, its number or -1, place and length of its characters. */
const slotLength = 4

/**
 * A hash table with open addressing: a Map takes twice as long for words that were just cut out of a text. What decides whether a
 * word is known lies in one slot and one run of characters, since fetching from memory is what takes the time.
 */
export function createWordIds(): WordIds {
  const words: string[] = []
  const characters = createCharacters()
  let slots = new Int32Array(slotLength << 10).fill(-1)

  /** The place of the slot that holds the word, or of the empty one where it belongs. */
  function slotOf(word: string, hash: number): number {
    const last = slots.length - 1
    for (let at = (slotLength * hash) & last; ; at = (at + slotLength) & last) {
      if ((slots[at + 1] ?? -1) < 0) return at
      const isSame = slots[at] === hash && slots[at + 3] === word.length
      if (isSame && characters.standAt(slots[at + 2] ?? 0, word)) return at
    }
  }

  /** Doubles the table before it is half full. */
  function grow(): void {
    const former = slots
    slots = new Int32Array(2 * former.length).fill(-1)
    const last = slots.length - 1
    for (let from = 0; from < former.length; from += slotLength) {
      if ((former[from + 1] ?? -1) < 0) continue
      let at = (slotLength * (former[from] ?? 0)) & last
      while ((slots[at + 1] ?? -1) >= 0) at = (at + slotLength) & last
      slots.set(former.subarray(from, from + slotLength), at)
    }
  }

  return {
    all: () => words,
    idOf(word) {
      const hash = hashOf(word)
      const at = slotOf(word, hash)
      const known = slots[at + 1] ?? -1
      if (known >= 0) return known
      const id = words.push(word) - 1
      slots.set([hash, id, characters.add(word), word.length], at)
      if (2 * slotLength * words.length > slots.length) grow()
      return id
    },
  }
}

/** The characters of many words, one word behind the other. */
function createCharacters() {
  let units = new Uint16Array(1 << 12)
  let used = 0
  return {
    /** @returns the place of the word. */
    add(word: string): number {
      const place = used
      used += word.length
      if (used > units.length) {
        const former = units
        units = new Uint16Array(Math.max(used, 2 * former.length))
        units.set(former)
      }
      for (let at = 0; at < word.length; at++) units[place + at] = word.charCodeAt(at)
      return place
    },
    standAt(place: number, word: string): boolean {
      for (let at = 0; at < word.length; at++) if (units[place + at] !== word.charCodeAt(at)) return false
      return true
    },
  }
}

/** A number below 2 ** 30 in which all characters take part: FNV-1a, its bits mixed. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < word.length; at++) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return (hash ^ (hash >>> 12)) & 0x3fffffff
}
