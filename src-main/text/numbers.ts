/** Numbers as people read them. */

/** "1 sentence", "6,222 sentences"; `plural` for nouns that do more than take an s. */
export function countOf(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : plural}`
}
