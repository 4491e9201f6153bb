/** Counts as people read them. */

/** A count with separators: "6,222". */
export function formatCount(count: number): string {
  return count.toLocaleString('en')
}

/** A count with its noun: "1 sentence", "6,222 sentences". `plural` is for nouns that do not just take an s. */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`
}
