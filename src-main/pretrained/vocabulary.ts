/** Vocabulary: row of the embedding by word in lower case. Row 0 is padding, row 1 the unknown word. */

export const unknownId = 1
const reserved = ['<padding>', '<unknown>'] as const

export interface Vocabulary {
  readonly kind: 'words'
  /** Number of rows, including the two reserved ones. */
  readonly size: number
  /** Word of every row; the first two are the names of the reserved rows. */
  readonly words: readonly string[]
  /** Row of a word in any casing; `unknownId` when it has none. */
  idOf(word: string): number
}

/** Vocabulary of the distinct words in lower case, in the order of their first appearance. */
export function createVocabulary(words: Iterable<string>): Vocabulary {
  const ids = new Map<string, number>()
  for (const word of words) {
    const key = word.toLowerCase()
    if (key !== '' && !ids.has(key)) ids.set(key, reserved.length + ids.size)
  }
  return {
    kind: 'words',
    size: reserved.length + ids.size,
    words: [...reserved, ...ids.keys()],
    idOf: (word) => ids.get(word.toLowerCase()) ?? unknownId,
  }
}

/** One word per line, so that line number = row + 1. */
export function vocabularyToText({ words }: Vocabulary): string {
  return words.map((word) => `${escape(word)}\n`).join('')
}

/** Parses the text of `vocabularyToText`. @throws Error on anything that would shift the rows. */
export function vocabularyFromText(text: string): Vocabulary {
  const lines = text.split('\n')
  if (lines.pop() !== '') throw new Error('vocabulary.txt is cut off: its last line does not end')
  reserved.forEach((name, row) => {
    if (lines[row] !== name) throw new Error(`vocabulary.txt, line ${row + 1}: expected ${name}, found "${lines[row]}"`)
  })
  const words = lines.slice(reserved.length).map(unescape)
  const vocabulary = createVocabulary(words)
  if (vocabulary.size !== lines.length) {
    const line = lines.findIndex((_, row) => row >= reserved.length && vocabulary.words[row] !== words[row - 2])
    throw new Error(`vocabulary.txt, line ${line + 1}: "${lines[line]}" is empty, repeated or not in lower case`)
  }
  return vocabulary
}

const escape = (word: string): string => word.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r')

const escaped: Readonly<Record<string, string>> = { n: '\n', r: '\r' }

const unescape = (line: string): string => line.replaceAll(/\\(.)/g, (_, letter: string) => escaped[letter] ?? letter)
