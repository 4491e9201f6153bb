/** The split that the name of a file mentions. */
import { splits, type Split } from './doc.ts'

const otherWords: Readonly<Record<string, Split>> = {
  training: 'train',
  valid: 'dev',
  validation: 'dev',
  val: 'dev',
  develop: 'dev',
  development: 'dev',
  testing: 'test',
}

/** "dev" for valid.json and nyt_dev.jsonl; null when the name mentions none, or several. */
export function splitNamed(fileName: string): Split | null {
  const words = fileName
    .replace(/^.*[\\/]/, '')
    .toLowerCase()
    .split(/[^a-z]+/)
  const named = new Set(
    words.flatMap((word) => {
      const split = splits.find((name) => name === word) ?? (Object.hasOwn(otherWords, word) ? otherWords[word] : null)
      return split ? [split] : []
    }),
  )
  const [only] = named
  return named.size === 1 && only ? only : null
}
