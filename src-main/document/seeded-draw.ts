/** Seeded draws without a state: the same key always draws the same number. They choose sentences; models draw with `models/shared/random.ts`. */

/** Draws a number that is uniform in [0, 1) from a key of integers such as a seed and an id. */
export function drawOf(...key: readonly number[]): number {
  return key.reduce((hash, number) => mix(hash ^ number), 0) / 2 ** 32
}

/** The finalizer of MurmurHash3 (Appleby, public domain): it sends neighbouring numbers far apart. */
function mix(number: number): number {
  let hash = number >>> 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
