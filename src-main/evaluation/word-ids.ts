/** Words as numbers: sentences that are kept to be gone through again take four bytes a word, and words are compared as numbers. */

export interface WordIds {
  /** The number of a word, a new one where it has none. */
  idOf(word: string): number
  /** The numbers of words; -1 for a word that has none. */
  known(words: readonly string[]): Int32Array
  /** The words that have a number, in the order of their numbers. */
  all(): readonly string[]
}

/** A hash table with open addressing: a Map takes three times as long for words that were just cut out of a text. */
export function createWordIds(): WordIds {
  const words: string[] = []
  const hashes: number[] = []
  let slots = new Int32Array(1 << 10).fill(-1)

  /** The slot that holds the word, or the empty one where it belongs. */
  function slotOf(word: string, hash: number): number {
    const last = slots.length - 1
    for (let at = hash & last; ; at = (at + 1) & last) {
      const id = slots[at] ?? -1
      if (id < 0 || (hashes[id] === hash && words[id] === word)) return at
    }
  }

  /** Doubles the table before it is half full. */
  function grow(): void {
    slots = new Int32Array(2 * slots.length).fill(-1)
    const last = slots.length - 1
    for (const [id, hash] of hashes.entries()) {
      let at = hash & last
      while ((slots[at] ?? -1) >= 0) at = (at + 1) & last
      slots[at] = id
    }
  }

  return {
    all: () => words,
    idOf(word) {
      const hash = hashOf(word)
      const slot = slotOf(word, hash)
      const known = slots[slot] ?? -1
      if (known >= 0) return known
      slots[slot] = words.length
      words.push(word)
      hashes.push(hash)
      if (2 * words.length > slots.length) grow()
      return words.length - 1
    },
    known(wanted) {
      const found = new Int32Array(wanted.length)
      for (let at = 0; at < wanted.length; at++) {
        const word = wanted[at] ?? ''
        found[at] = slots[slotOf(word, hashOf(word))] ?? -1
      }
      return found
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

/** Sentences one after the other, in few large arrays: an array for each would take more room than its words. */
export interface SentenceList {
  add(ids: readonly number[]): void
  each(): Generator<Int32Array, void>
}

const chunkLength = 1 << 18

export function createSentenceList(): SentenceList {
  const chunks: { readonly ids: Int32Array; readonly ends: number[] }[] = []
  return {
    add(ids) {
      const last = chunks.at(-1)
      const used = last?.ends.at(-1) ?? 0
      const fits = last && used + ids.length <= last.ids.length
      const chunk = fits ? last : { ids: new Int32Array(Math.max(chunkLength, ids.length)), ends: [] }
      if (!fits) chunks.push(chunk)
      const start = fits ? used : 0
      chunk.ids.set(ids, start)
      chunk.ends.push(start + ids.length)
    },
    *each() {
      for (const { ids, ends } of chunks)
        for (const [at, end] of ends.entries()) yield ids.subarray(ends[at - 1] ?? 0, end)
    },
  }
}
