/** StringFinder numbers strings and finds which of them stand in a sentence as whole words; words are given by their numbers. */

interface Node {
  /** Number of the string that ends here; -1 for none. */
  string: number
  next: Map<number, Node> | null
}

export interface StringFinder {
  /** The number of the string that the words from `start` to `end` make up, a new one where it has none. */
  idOf(words: Int32Array, start: number, end: number): number
  /** The same; -1 for a string that has none. */
  known(words: Int32Array, start: number, end: number): number
  /** The numbers of the strings that stand in the sentence, each once. */
  find(sentence: Int32Array): number[]
  /** Whether a string stands in the sentence that was looked through last. */
  isFound(string: number): boolean
}

export function createFinder(): StringFinder {
  const roots: (Node | undefined)[] = []
  const seenIn: number[] = []
  let strings = 0
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
    idOf(words, start, end) {
      let node = grow(words[start] ?? -1, undefined)
      for (let at = start + 1; at < end; at++) node = grow(words[at] ?? -1, node)
      if (node.string < 0) node.string = strings++
      return node.string
    },
    known(words, start, end) {
      let node: Node | undefined
      for (let at = start; at < end; at++) {
        node = follow(words[at] ?? -1, node)
        if (!node) return -1
      }
      return node?.string ?? -1
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
