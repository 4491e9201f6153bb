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

/**
 * The split that a path mentions: "dev" for valid.json, nyt_dev.jsonl and dev/a.txt. The name of the file speaks before its folders, the
 * innermost folder first; a name that mentions several splits says nothing. null when nothing mentions one.
 */
export function splitNamed(path: string): Split | null {
  for (const part of path.split(/[\\/]/).toReversed()) {
    const named = splitsIn(part)
    const [only] = named
    if (named.size === 1 && only) return only
  }
  return null
}

function splitsIn(name: string): Set<Split> {
  const words = name.toLowerCase().split(/[^a-z]+/)
  return new Set(
    words.flatMap((word) => {
      const split = splits.find((each) => each === word) ?? (Object.hasOwn(otherWords, word) ? otherWords[word] : null)
      return split ? [split] : []
    }),
  )
}
