/** Finds which of many strings stand in a sentence as whole words; words are given by their numbers. */

interface Node {
  /** Number of the string that ends here; -1 for none. */
  string: number
  next: Map<number, Node> | null
}

export interface StringFinder {
  add(words: readonly number[], string: number): void
  /** The numbers of the strings that stand in the sentence, each once. */
  find(sentence: Int32Array): number[]
  /** Whether a string stands in the sentence that was looked through last. */
  isFound(string: number): boolean
}

export function createFinder(): StringFinder {
  const roots: (Node | undefined)[] = []
  const seenIn: number[] = []
  let sentences = 0

  function follow(word: number, node: Node | undefined): Node | undefined {
    return node ? node.next?.get(word) : roots[word]
  }

  function grow(word: number, node: Node | undefined): Node {
    const known = follow(word, node)
    if (known) return known
    const added: Node = { string: -1, next: null }
    if (node) (node.next ??= new Map()).set(word, added)
    else roots[word] = added
    return added
  }

  return {
    add(words, string) {
      let node: Node | undefined
      for (const word of words) node = grow(word, node)
      if (node) node.string = string
    },
    find(sentence) {
      const found: number[] = []
      const number = ++sentences
      for (let start = 0; start < sentence.length; start++) {
        let node = roots[sentence[start] ?? -1]
        for (let at = start + 1; node; at++) {
          if (node.string >= 0 && seenIn[node.string] !== number) {
            seenIn[node.string] = number
            found.push(node.string)
          }
          node = at < sentence.length ? follow(sentence[at] ?? -1, node) : undefined
        }
      }
      return found
    },
    isFound: (string) => seenIn[string] === sentences,
  }
}
