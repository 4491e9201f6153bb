/** Finds which of many strings stand in a sentence as whole words. */

export function createFinder(strings: Iterable<string>): (words: readonly string[]) => Set<string> {
  const wanted = new Set(strings)
  /** lengths of the strings in words, by their first word */
  const lengths = new Map<string, Set<number>>()
  for (const text of wanted) {
    const [first = '', ...rest] = text.split(' ')
    lengths.set(first, (lengths.get(first) ?? new Set()).add(1 + rest.length))
  }
  return (sentence) => {
    const found = new Set<string>()
    sentence.forEach((word, start) => {
      for (const length of lengths.get(word) ?? []) {
        const text = length === 1 ? word : sentence.slice(start, start + length).join(' ')
        if (wanted.has(text)) found.add(text)
      }
    })
    return found
  }
}
