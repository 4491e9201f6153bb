/** Words of text in scripts that set none apart: Han, Kana, Thai, Lao, Khmer, Burmese. Offsets are UTF-16 units. */
import { format, unspaced } from './scripts.ts'
import type { TextRange } from './range.ts'

/** Han characters are words of their own, so that no triple ends inside a word, or belong to words as a dictionary knows them. */
export type HanWords = 'characters' | 'words'

/** A run of such letters, with the marks and invisible characters between them. */
export const unspacedRun = String.raw`${unspaced}[${unspaced}\p{M}${format}]{0,10000}`

const unspacedLetter = new RegExp(unspaced, 'v')

/** Whether a text holds letters of such a script. */
export function hasUnspaced(text: string): boolean {
  return unspacedLetter.test(text)
}

/** The Segmenter is asked for so many units at once: its time for a whole book would not be bounded. */
const stretch = 1024

/** The usual Han characters, each of one unit. */
const usualHan = /^[\u3400-\u4dbf\u4e00-\u9fff]{1,10001}$/
const hanCharacters = /\p{Script=Han}[\p{M}\p{Cf}]{0,100}/gv
/** Foreign names, which the dictionary cuts in pieces. */
const katakana = /^[[\p{scx=Katakana}&&\p{L}]\p{M}\p{Cf}]{1,10000}$/v
const invisible = /^[\p{M}\p{Cf}]{1,10000}$/v

let segmenter: Intl.Segmenter | undefined

/** Adds the words of a run of letters, which begins at `offset`, to `words`. */
export function addRun(words: TextRange[], run: string, offset: number, han: HanWords): void {
  if (han === 'characters' && usualHan.test(run)) {
    for (let start = offset; start < offset + run.length; start++) words.push({ start, end: start + 1 })
    return
  }
  const first = words.length
  for (const { start, end } of segment(run)) {
    const word = run.slice(start, end)
    const last = words.at(-1)
    const isJoined =
      invisible.test(word) ||
      (katakana.test(word) && last && katakana.test(run.slice(last.start - offset, last.end - offset)))
    if (last && words.length > first && isJoined) words[words.length - 1] = { start: last.start, end: offset + end }
    else if (han === 'characters') addHan(words, word, offset + start)
    else words.push({ start: offset + start, end: offset + end })
  }
}

/** Words as the dictionaries of Unicode know them. The last word of a stretch is read again with what follows it. */
function* segment(run: string): Generator<TextRange> {
  segmenter ??= new Intl.Segmenter('zh', { granularity: 'word' })
  for (let from = 0; from < run.length;) {
    const part = run.slice(from, from + stretch)
    const isLast = from + part.length === run.length
    let next = from
    let held: TextRange | null = null
    for (const { index, segment: word } of segmenter.segment(part)) {
      if (held) {
        yield held
        next = held.end
      }
      held = { start: from + index, end: from + index + word.length }
    }
    if (held && (isLast || next === from)) {
      yield held
      next = held.end
    }
    from = next
  }
}

/** Cuts the Han characters of a word apart. */
function addHan(words: TextRange[], word: string, offset: number): void {
  let start = 0
  for (const { index, 0: character } of word.matchAll(hanCharacters)) {
    if (index > start) words.push({ start: offset + start, end: offset + index })
    start = index + character.length
    words.push({ start: offset + index, end: offset + start })
  }
  if (start < word.length) words.push({ start: offset + start, end: offset + word.length })
}
