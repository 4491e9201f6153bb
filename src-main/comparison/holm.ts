/** Holm's step-down correction (1979) of the p-values of one question, which keeps the chance of any false finding. */

/** Corrected p-values in the order of `p`; each is at most 1, and none is below that of a smaller p. */
export function holm(p: readonly number[]): number[] {
  const order = p.map((value, at) => ({ value, at })).sort((a, b) => a.value - b.value)
  const corrected = p.map(() => 1)
  let largest = 0
  order.forEach(({ value, at }, rank) => {
    largest = Math.max(largest, Math.min(1, value * (p.length - rank)))
    corrected[at] = largest
  })
  return corrected
}
