/** Places marks among words: the fewest words that cover each, and words split where two marks share one. */
import { fitChars } from '#main/document/char-bounds'
import type { Token } from '#main/document/doc'
import type { Chars } from '#main/document/span'
import type { OffsetTable } from '#main/text/code-points'
import type { TextRange } from '#main/text/range'

/** A range of words; `chars` in code points of the whole text where it begins or ends within a word. */
export interface PlacedMark extends TextRange {
  readonly chars?: Chars
}

/** The words of a mark; null when it holds none. Its bounds grow to whole graphemes. */
export function placeMark(mark: TextRange, tokens: readonly Token[], table: OffsetTable): PlacedMark | null {
  const first = firstThat(tokens, ({ end }) => end > mark.start)
  const last = firstThat(tokens, ({ start }) => start >= mark.end) - 1
  const [from, to] = [tokens[first], tokens[last]]
  if (mark.start >= mark.end || !from || !to || first > last) return null
  if (mark.start <= from.start && mark.end >= to.end) return { start: first, end: last + 1 }
  const outer = first === last ? [from] : [from, to]
  const words = outer.map(({ start, end }) => table.slice(start, end))
  const range = fitChars(mark, { words, tokens: outer })
  return range && { start: first, end: last + 1, ...(range.chars && { chars: range.chars }) }
}

/** Index of the first item for which `isReached` holds, which then holds for all that follow; the number of items when there is none. */
export function firstThat<Item>(items: ArrayLike<Item>, isReached: (item: Item) => boolean): number {
  let [low, high] = [0, items.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (isReached(items[middle] as Item)) high = middle // below the length
    else low = middle + 1
  }
  return low
}

/**
 * Splits each word in which one mark ends and another of the same layer begins: no tag could tell the two apart else. Any other
 * mark that ends within a word keeps its characters, so that words are split as those of new texts are.
 */
export function splitSharedWords(
  tokens: readonly Token[],
  layers: readonly (readonly (PlacedMark | null)[])[],
): readonly Token[] {
  const cuts = new Map<number, Set<number>>()
  for (const marks of layers)
    for (const [word, { ends, starts }] of bordersWithin(tokens, marks)) {
      const [firstEnd, lastStart] = [Math.min(...ends), Math.max(...starts)]
      const own = [...ends.filter((end) => end <= lastStart), ...starts.filter((start) => start >= firstEnd)]
      if (own.length > 0) cuts.set(word, new Set([...(cuts.get(word) ?? []), ...own]))
    }
  if (cuts.size === 0) return tokens
  return tokens.flatMap((token, index) => {
    const places = [...(cuts.get(index) ?? [])].sort((a, b) => a - b)
    return [token.start, ...places].map((start, at) => ({ ...token, start, end: places[at] ?? token.end }))
  })
}

interface Borders {
  readonly ends: number[]
  readonly starts: number[]
}

/** Places within words at which marks end and begin, by word. */
function bordersWithin(tokens: readonly Token[], marks: readonly (PlacedMark | null)[]): Map<number, Borders> {
  const byWord = new Map<number, Borders>()
  const at = (word: number): Borders => {
    const borders = byWord.get(word) ?? { ends: [], starts: [] }
    byWord.set(word, borders)
    return borders
  }
  for (const mark of marks) {
    if (!mark?.chars) continue
    const { start, end } = mark.chars
    if (start > (tokens[mark.start]?.start ?? start)) at(mark.start).starts.push(start)
    if (end < (tokens[mark.end - 1]?.end ?? end)) at(mark.end - 1).ends.push(end)
  }
  return byWord
}
