/**
 * Bounds within words. A span is always a range of words, since training, tags and scores know nothing else. A span that begins
 * or ends inside a word also has `chars`, and its words are the fewest that cover them. This file keeps the rules: chars lie in
 * the first and the last word, are never empty, never split a grapheme, and are left out where they equal the words.
 */
import { joinWords } from '#main/text/join-words'
import type { Token } from './doc.ts'
import type { Chars, SpanRange } from './span.ts'

/** A sentence word by word: what each says, and where it stands in the sentence's text. */
export interface WordPlaces {
  readonly words: readonly string[]
  readonly tokens: readonly Token[]
}

/** Bounds of the text of a span, in code points of its sentence. */
export function charsOf({ start, end, chars }: SpanRange, tokens: readonly Token[]): Chars {
  return chars ?? { start: tokens[start]?.start ?? 0, end: tokens[end - 1]?.end ?? 0 }
}

/**
 * The range of these characters, without the white space around them and with whole graphemes; null when they hold no
 * word.
 */
export function fitChars({ start, end }: Chars, { words, tokens }: WordPlaces): SpanRange | null {
  const first = tokens.findIndex((token) => token.end > start)
  const last = tokens.findLastIndex((token) => token.start < end)
  const [from, to] = [tokens[first], tokens[last]]
  if (start >= end || !from || !to || first > last) return null
  const bordersIn = (word: number) => graphemeBorders(words[word] ?? '')
  const chars = {
    start: from.start + (bordersIn(first).findLast((border) => from.start + border <= start) ?? 0),
    end: to.start + (bordersIn(last).find((border) => to.start + border >= end) ?? to.end - to.start),
  }
  const isWhole = chars.start === from.start && chars.end === to.end
  return { start: first, end: last + 1, ...(!isWhole && { chars }) }
}

/** The range with one bound moved by a grapheme, across the white space between words; null where the bound cannot move. */
export function stepChars(span: SpanRange, side: 'start' | 'end', by: 1 | -1, text: WordPlaces): SpanRange | null {
  const { start, end } = charsOf(span, text.tokens)
  const moved = side === 'start' ? nextStart(span.start, start, by, text) : nextEnd(span.end - 1, end, by, text)
  return moved === null ? null : fitChars(side === 'start' ? { start: moved, end } : { start, end: moved }, text)
}

/** A sentence that says what is wrong with the chars of a span; null when they are right. */
export function charFault(span: SpanRange, text: WordPlaces): string | null {
  if (!span.chars) return null
  const { start, end } = span.chars
  const fitted = fitChars(span.chars, text)
  if (fitted?.start !== span.start || fitted.end !== span.end)
    return `its characters ${start} to ${end} do not begin in its first word and end in its last`
  if (fitted.chars?.start !== start || fitted.chars.end !== end)
    return `its characters ${start} to ${end} are just its words, or split a character`
  return null
}

/** The words of a range as one string, the first and the last cut to the part that belongs to the range. */
export function rangeText({ start, end, chars }: SpanRange, words: readonly string[], tokens?: readonly Token[]) {
  const own = words.slice(start, end)
  const [first, last] = [tokens?.[start], tokens?.[end - 1]]
  if (!chars || !first || !last) return joinWords(own)
  const cut = own.map((word, at) => {
    const isLast = at === own.length - 1
    const letters = [...word]
    return letters.slice(at === 0 ? chars.start - first.start : 0, isLast ? chars.end - last.start : undefined).join('')
  })
  return joinWords(cut)
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Starts of the graphemes of a word and its end, as code points from its start. */
export function graphemeBorders(word: string): number[] {
  let at = 0
  const ends = Array.from(segmenter.segment(word), ({ segment }) => (at += [...segment].length))
  return [0, ...ends]
}

/** A bound at the very start of a word ends the word before: ends never stand there. */
function nextEnd(word: number, end: number, by: 1 | -1, { words, tokens }: WordPlaces): number | null {
  const ends = (at: number) => placesIn(at, words, tokens).slice(1)
  if (by === 1) return ends(word).find((place) => place > end) ?? ends(word + 1)[0] ?? null
  return ends(word).findLast((place) => place < end) ?? ends(word - 1).at(-1) ?? null
}

function nextStart(word: number, start: number, by: 1 | -1, { words, tokens }: WordPlaces): number | null {
  const starts = (at: number) => placesIn(at, words, tokens).slice(0, -1)
  if (by === -1) return starts(word).findLast((place) => place < start) ?? starts(word - 1).at(-1) ?? null
  return starts(word).find((place) => place > start) ?? starts(word + 1)[0] ?? null
}

function placesIn(word: number, words: readonly string[], tokens: readonly Token[]): number[] {
  const token = tokens[word]
  return token ? graphemeBorders(words[word] ?? '').map((border) => token.start + border) : []
}
