/** RuleMatches: where strings and patterns stand in a sentence. Strings are looked up word by word, so a list may be long. */
import { createOffsetTable, type OffsetTable } from '#main/text/code-points'
import type { Token } from './doc.ts'
import type { Rule } from './rules.ts'
import { overlaps } from './span.ts'

export interface RuleMatch {
  /** Words of the sentence, the end exclusive. */
  readonly start: number
  readonly end: number
  readonly label: string
  /** Number of the line of the rule. */
  readonly line: number
}

export interface SentenceMatches {
  /** Matches in reading order; of those that overlap the longest, then that of the first rule. */
  readonly matches: readonly RuleMatch[]
  /** Number of matches of patterns that begin or end within a word; they are left out. */
  readonly withinWords: number
}

/** A place in a text, in UTF-16 units. */
export interface FoundPlace {
  readonly start: number
  readonly end: number
}

/** What a pattern finds in a sentence. */
export interface PatternPlaces {
  readonly rule: Rule
  readonly places: readonly FoundPlace[]
}

export type Matcher = (text: string, tokens: readonly Token[], ofPatterns: readonly PatternPlaces[]) => SentenceMatches

/**
 * Answers with what finds the strings among rules in one sentence, and puts them together with what patterns found there.
 * @param isAnyCase whether strings are also found in another case.
 */
export function createMatcher(rules: readonly Rule[], isAnyCase: boolean): Matcher {
  const keyOf = (text: string): string => (isAnyCase ? loose(text).toLowerCase() : loose(text))
  const strings = rules.filter(({ flags }) => flags === null)
  const byKey = new Map(strings.toReversed().map((rule) => [keyOf(rule.text), rule]))
  const longest = strings.reduce((most, { text }) => Math.max(most, text.length), 0)

  return (text, tokens, ofPatterns) => {
    const table = createOffsetTable(text)
    const found = [...stringsIn(tokens, table)]
    let withinWords = 0
    for (const { rule, places } of ofPatterns)
      for (const place of places) {
        const words = wordsAt(place, tokens, table)
        if (words) found.push({ ...words, label: rule.label, line: rule.line })
        else withinWords++
      }
    return { matches: withoutOverlaps(found), withinWords }
  }

  function* stringsIn(tokens: readonly Token[], table: OffsetTable): Generator<RuleMatch, void> {
    if (byKey.size === 0) return
    for (const [start, first] of tokens.entries())
      for (let end = start + 1; end <= tokens.length; end++) {
        const last = tokens[end - 1]?.end ?? first.end
        // white space may be wider in the sentence than in the list
        if (end > start + 1 && last - first.start > 2 * longest) break
        const rule = byKey.get(keyOf(table.slice(first.start, last)))
        if (rule) yield { start, end, label: rule.label, line: rule.line }
      }
  }
}

/** The text with single spaces, and none beside punctuation: corpora of words set punctuation apart. */
function loose(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .replace(/ ?([^\p{L}\p{N}\s]) ?/gu, '$1')
    .trim()
}

/** The words that a place covers from their beginning to their end; null where it begins or ends within one, or covers none. */
function wordsAt(
  { start, end }: FoundPlace,
  tokens: readonly Token[],
  table: OffsetTable,
): { readonly start: number; readonly end: number } | null {
  const [from, to] = [table.codePointOf(start), table.codePointOf(end)]
  const first = tokens.findIndex((token) => token.end > from)
  const last = tokens.findLastIndex((token) => token.start < to)
  const [head, tail] = [tokens[first], tokens[last]]
  if (!head || !tail || last < first || head.start < from || tail.end > to) return null
  return { start: first, end: last + 1 }
}

function withoutOverlaps(found: readonly RuleMatch[]): RuleMatch[] {
  const kept: RuleMatch[] = []
  for (const match of found.toSorted((a, b) => b.end - b.start - (a.end - a.start) || a.line - b.line))
    if (!kept.some((other) => overlaps(other, match))) kept.push(match)
  return kept.sort((a, b) => a.start - b.start)
}
