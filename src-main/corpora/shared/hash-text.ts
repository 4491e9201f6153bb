/** Hashes of texts, for what must be known again without being kept. */

/** A number of 53 bits that tells texts apart (two rounds of FNV-1a). */
export function hashText(text: string): number {
  let [low, high] = [0x811c9dc5, 0x050c5d1f]
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    low = Math.imul(low ^ unit, 0x01000193)
    high = Math.imul(high ^ unit, 0x01000197)
  }
  return (high >>> 11) * 2 ** 32 + (low >>> 0)
}
