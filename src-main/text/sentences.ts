/** Sentences of a text: ranges of its words. */
import { abbreviations, sentenceStarters } from './abbreviations.ts'
import { createOffsetTable } from './code-points.ts'
import type { TextRange } from './range.ts'

/**
 * Splits a text into sentences, as token ranges that cover every token. A sentence ends after . ! ? (and what closes after it) before a
 * word that can begin one, and at a blank line; never inside a token, so never inside an address or abbreviation.
 */
export function splitSentences(text: string, tokens: readonly TextRange[]): TextRange[] {
  const table = createOffsetTable(text)
  const words = tokens.map(({ start, end }) => table.slice(start, end))
  const gapBefore = (index: number) => table.slice(tokens[index - 1]?.end ?? 0, tokens[index]?.start ?? 0)
  const canBegin = beginnings(words)
  const borders: number[] = []
  let ending = ''
  for (let index = 1; index < words.length; index++) {
    const previous = words[index - 1] ?? ''
    if (index === 1 || !/^["”’'»)\]]$/.test(previous)) ending = previous // the last word before closing marks
    const gap = gapBefore(index)
    if (isBlankLine(gap) || (gap !== '' && canBegin[index] && isEnding(ending, words[index] ?? ''))) borders.push(index)
  }
  return rangesBetween(borders, tokens.length)
}

/** Takes each line that holds a word for one sentence. */
export function splitLines(text: string, tokens: readonly TextRange[]): TextRange[] {
  const table = createOffsetTable(text)
  const borders = tokens.flatMap(({ start }, index) =>
    index > 0 && /[\n\r]/.test(table.slice(tokens[index - 1]?.end ?? 0, start)) ? [index] : [],
  )
  return rangesBetween(borders, tokens.length)
}

/**
 * Whether a sentence can begin with each of the words. With a picture such as 🎉 it can if it can begin with the next word, so
 * the words are visited from last to first.
 */
function beginnings(words: readonly string[]): boolean[] {
  const begins = words.map(() => false)
  for (let index = words.length - 1; index >= 0; index--) {
    const word = words[index] ?? ''
    begins[index] = /^(?:\p{Extended_Pictographic}|\p{RI})/u.test(word)
      ? (begins[index + 1] ?? false)
      : /^[\p{Lu}\p{Lt}\p{Lo}\p{N}"“‘'«([¿¡]/u.test(word)
  }
  return begins
}

function isBlankLine(gap: string): boolean {
  return /\n[^\S\n]*\r?\n/.test(gap)
}

/** Whether a sentence ends with this word before `next`, a word that can begin a sentence. */
function isEnding(word: string, next: string): boolean {
  if (/^(?:[.!?…。！？]|\.{2,})$/.test(word)) return true
  return word.endsWith('.') && !isTitle(word) && sentenceStarters.has(next)
}

/** Whether the word is an abbreviation before a name ("Dr."), which never ends a sentence. */
function isTitle(word: string): boolean {
  return abbreviations.get(word.slice(0, -1).toLowerCase()) === 'before a name'
}

function rangesBetween(borders: readonly number[], end: number): TextRange[] {
  if (end === 0) return []
  return [0, ...borders].map((start, at) => ({ start, end: borders[at] ?? end }))
}
