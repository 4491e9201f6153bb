/** Words as numbers: sentences that are kept to be gone through again take four bytes a word, and words are compared as numbers. */

export interface WordIds {
  /** The number of a word, a new one where it has none. */
  idOf(word: string): number
  /** The numbers of words; -1 for a word that has none. */
  known(words: readonly string[]): Int32Array
}

export function createWordIds(): WordIds {
  const ids = new Map<string, number>()
  return {
    idOf(word) {
      const known = ids.get(word)
      if (known !== undefined) return known
      ids.set(word, ids.size)
      return ids.size - 1
    },
    known(words) {
      const found = new Int32Array(words.length)
      for (let at = 0; at < words.length; at++) found[at] = ids.get(words[at] ?? '') ?? -1
      return found
    },
  }
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
