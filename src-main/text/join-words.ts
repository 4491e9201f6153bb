/** joinWords: words as one string, as their language writes them. */
import { unspaced, wide } from './scripts.ts'

const tight = String.raw`[[\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}]&&[\p{L}]]`
const endsUnspaced = new RegExp(String.raw`[${unspaced}${wide}]\p{M}{0,100}$`, 'v')
const beginsUnspaced = new RegExp(String.raw`^[${unspaced}${wide}]`, 'v')
const endsTight = new RegExp(String.raw`[${tight}${wide}]\p{M}{0,100}$`, 'v')
const beginsTight = new RegExp(String.raw`^[${tight}${wide}]`, 'v')

/** Single spaces stand between the words, but none between two of a script without spaces, and none beside Chinese or Japanese ones. */
export function joinWords(words: readonly string[]): string {
  let joined = ''
  words.forEach((word, at) => {
    joined += at === 0 || isJoined(words[at - 1] ?? '', word) ? word : ` ${word}`
  })
  return joined
}

/** Code unit before which no script lacks spaces: nearly every border of words is decided by it. */
const firstUnspaced = 0x0e00

function isJoined(before: string, after: string): boolean {
  if (before.charCodeAt(before.length - 1) < firstUnspaced && after.charCodeAt(0) < firstUnspaced) return false
  if (endsTight.test(before) || beginsTight.test(after)) return true
  return endsUnspaced.test(before) && beginsUnspaced.test(after)
}
