/** Cuts a sentence into pieces to draw: marked spans and what lies between, and search hits inside them. */
import type { SentenceText } from '#main/document/sentence-row'
import { createOffsetTable } from '#main/text/code-points'
import { isTellingMark } from '#main/text/divided'
import { initial } from '#main/text/scripts'
import { hasUnspaced } from '#main/text/unspaced'

export interface TextPiece {
  readonly text: string
  /** Label of the span; null for text between spans. */
  readonly label: string | null
}

/** Cuts a sentence into pieces that together are its text. Of overlapping spans only the first in reading order is marked. */
export function cutSpans({ text, tokens, spans }: SentenceText): TextPiece[] {
  const table = createOffsetTable(text)
  const ordered = spans.toSorted((a, b) => a.start - b.start || b.end - a.end)
  const pieces: TextPiece[] = []
  let done = 0
  for (const { start, end, label } of ordered) {
    const [from, to] = [tokens[start]?.start, tokens[end - 1]?.end]
    if (from === undefined || to === undefined || from < done) continue
    if (from > done) pieces.push({ text: table.slice(done, from), label: null })
    pieces.push({ text: table.slice(from, to), label })
    done = to
  }
  return done < table.length ? [...pieces, { text: table.slice(done, table.length), label: null }] : pieces
}

/**
 * Cuts a text where words begin with a word of the search, and wherever a word of a script without spaces stands, ignoring case and accents
 * as the full-text indexes do.
 */
export function cutHits(text: string, search: string): { readonly text: string; readonly isHit: boolean }[] {
  const words = search.match(/[\p{L}\p{N}\p{M}]+/gu)?.map(patternOf) ?? []
  if (words.length === 0) return [{ text, isHit: false }]
  const letters = [...text]
  const folded = letters.map(fold)
  // the letter that each position of the folded text came from
  const sources = folded.flatMap((letter, at) => Array.from(letter.split(''), () => at))
  const hits = new RegExp(words.join('|'), 'gv')
  const parts = []
  let done = 0
  for (const { 0: hit, index } of folded.join('').matchAll(hits)) {
    const from = sources[index] ?? letters.length
    const to = sources[index + hit.length] ?? letters.length
    if (hit === '' || from < done) continue
    parts.push({ text: letters.slice(done, from).join(''), isHit: false })
    parts.push({ text: letters.slice(from, to).join(''), isHit: true })
    done = to
  }
  return [...parts, { text: letters.slice(done).join(''), isHit: false }].filter((part) => part.text !== '')
}

/** The pattern of a word of the search: from the beginning of words; in a script without spaces anywhere, also across punctuation. */
function patternOf(word: string): string {
  const letters = [...word].map(fold)
  const begin = hasUnspaced(letters[0] ?? '') ? '' : `(?<!${initial})`
  if (!hasUnspaced(word)) return `${begin}${letters.join('')}`
  const between = (letter: string, next: string | undefined): string =>
    next !== undefined && (hasUnspaced(letter) || hasUnspaced(next)) ? '[^\\p{L}\\p{N}]*' : ''
  return begin + letters.map((letter, at) => letter + between(letter, letters[at + 1])).join('')
}

function fold(text: string): string {
  if (hasUnspaced(text) || isTellingMark(text)) return text
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
}
