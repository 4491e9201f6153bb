/** The blind share: sentences that come without suggestions, so that one can see how much suggestions lead astray. */

/** Is this sentence one of the `share` (0 to 1) that are blind? The same seed always draws the same ones. */
export function isBlind(sentenceId: number, share: number, seed: number): boolean {
  return share > 0 && mix(mix(seed) ^ sentenceId) / 2 ** 32 < share
}

/** The finalizer of MurmurHash3 (Appleby, public domain): neighbouring numbers end far apart. */
function mix(number: number): number {
  let hash = number >>> 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
