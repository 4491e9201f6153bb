/** Sentences of a text: ranges of its words. */
import { abbreviations, sentenceStarters } from './abbreviations.ts'
import { createOffsetTable } from './code-points.ts'
import type { TextRange } from './range.ts'

/**
 * Sentences as token ranges that cover every token. A sentence ends after . ! ? (and what closes after it) before a
 * word that can begin one, and at a blank line; never inside a token, so never inside an address or abbreviation.
 */
export function splitSentences(text: string, tokens: readonly TextRange[]): TextRange[] {
  const table = createOffsetTable(text)
  const words = tokens.map(({ start, end }) => table.slice(start, end))
  const gapBefore = (index: number) => table.slice(tokens[index - 1]?.end ?? 0, tokens[index]?.start ?? 0)
  const sentences: TextRange[] = []
  let start = 0
  for (let index = 1; index <= tokens.length; index++) {
    if (index < tokens.length && !endsBefore(words, index, gapBefore(index))) continue
    sentences.push({ start, end: index })
    start = index
  }
  return sentences
}

/** Does a sentence end between word `index - 1` and word `index`, which `gap` keeps apart? */
function endsBefore(words: readonly string[], index: number, gap: string): boolean {
  if (/\n[^\S\n]*\r?\n/.test(gap)) return true
  const next = words[index] ?? ''
  if (gap === '' || !/^[\p{Lu}\p{Lt}\p{Lo}\p{N}"“‘'«([¿¡]/u.test(next)) return false
  let last = index - 1
  while (last > 0 && /^["”’'»)\]]$/.test(words[last] ?? '')) last--
  const ending = words[last] ?? ''
  if (/^(?:[.!?…。！？]|\.{2,})$/.test(ending)) return true
  return ending.endsWith('.') && !isTitle(ending) && sentenceStarters.has(next)
}

/** Abbreviations before a name ("Dr.") never end a sentence. */
function isTitle(word: string): boolean {
  return abbreviations.get(word.slice(0, -1).toLowerCase()) === 'before a name'
}
