/**
 * Places of a file's word vectors by word: a table on the disk, in which a word is found by its hash without the others being
 * read. Which of several rows is the word's own, their order says: the lower-case spelling first, then as in the file.
 */

export interface VectorPlace {
  /** Offset and number of the row's bytes. */
  readonly offset: number
  readonly length: number
  /** Number of the line or row, for messages. */
  readonly number: number
}

/** Numbers of an entry: the second half of the hash, the offset as two numbers, the length, the number of the row. */
const entryNumbers = 5
export const entryBytes = 4 * entryNumbers

/** Entries of a bucket, on average: as many as one small read brings. */
const entriesPerBucket = 8

/** The table as it is written: first entry of every bucket and the end of the last, then all entries. */
export interface PlaceTable {
  readonly buckets: number
  readonly starts: Uint32Array
  readonly entries: Uint32Array
}

/** Collects the places of a file's rows, in the order of the file. */
export function collectPlaces() {
  /** First half of the hash, whether the spelling is in lower case, and the numbers of the entry. */
  const width = entryNumbers + 2
  let numbers = new Uint32Array(width * 1024)
  let count = 0
  return {
    add(spelling: string, { offset, length, number }: VectorPlace): void {
      const word = spelling.toLowerCase()
      const [first, second] = hashOf(word)
      if ((count + 1) * width > numbers.length) {
        const longer = new Uint32Array(2 * numbers.length)
        longer.set(numbers)
        numbers = longer
      }
      const isOther = word === spelling ? 0 : 1
      numbers.set(
        [first, isOther, second, offset % 2 ** 32, Math.floor(offset / 2 ** 32), length, number],
        count * width,
      )
      count++
    },
    table(): PlaceTable {
      const buckets = 2 ** Math.max(0, Math.ceil(Math.log2(Math.max(1, count) / entriesPerBucket)))
      const starts = new Uint32Array(buckets + 1)
      for (let at = 0; at < count; at++) {
        const bucket = bucketOf(numbers[at * width] ?? 0, buckets)
        starts[bucket + 1] = (starts[bucket + 1] ?? 0) + 1
      }
      for (let bucket = 0; bucket < buckets; bucket++)
        starts[bucket + 1] = (starts[bucket + 1] ?? 0) + (starts[bucket] ?? 0)
      const entries = new Uint32Array(count * entryNumbers)
      const next = starts.slice(0, buckets)
      // those in lower case first; the file's order holds among each
      for (const isOther of [0, 1])
        for (let at = 0; at < count; at++) {
          if (numbers[at * width + 1] !== isOther) continue
          const bucket = bucketOf(numbers[at * width] ?? 0, buckets)
          const place = next[bucket] ?? 0
          next[bucket] = place + 1
          entries.set(numbers.subarray(at * width + 2, (at + 1) * width), place * entryNumbers)
        }
      return { buckets, starts, entries }
    },
  }
}

/** The bucket of a word, and how its entries are told from those of the others there. */
export function placeOf(word: string, buckets: number): { readonly bucket: number; readonly mark: number } {
  const [first, second] = hashOf(word)
  return { bucket: bucketOf(first, buckets), mark: second }
}

/** Places in the entries of a bucket that may be the word's: another word has the same mark once in four billion. */
export function placesOf(entries: Uint32Array, mark: number): VectorPlace[] {
  const found: VectorPlace[] = []
  for (let at = 0; at < entries.length; at += entryNumbers) {
    const [own, low = 0, high = 0, length = 0, number = 0] = entries.subarray(at, at + entryNumbers)
    if (own === mark) found.push({ offset: high * 2 ** 32 + low, length, number })
  }
  return found
}

const bucketOf = (hash: number, buckets: number): number => hash % buckets

/** Two halves of a hash of 64 bits (cyrb53, with both halves whole). */
function hashOf(word: string): [number, number] {
  let [a, b] = [0xdeadbeef, 0x41c6ce57]
  for (let at = 0; at < word.length; at++) {
    const unit = word.charCodeAt(at)
    a = Math.imul(a ^ unit, 2654435761)
    b = Math.imul(b ^ unit, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return [a >>> 0, b >>> 0]
}
