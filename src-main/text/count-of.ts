/** Counts as people read them. */

/** 1581 → "1,581". */
export function formatCount(count: number): string {
  return count.toLocaleString('en')
}

/** "1 sentence", "1,581 sentences". */
export function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
}
