/**
 * Chance-corrected agreement on one tag per word: Cohen's kappa of two annotators (Cohen 1960) and Krippendorff's alpha of any number
 * with gaps (Krippendorff 2004, nominal). The figure of one label takes every tag of other labels for O.
 */
import type { Span } from '#main/document/span'
import { encodeTags } from '#main/tagging/span-codec'
import { prefixes, tagName } from '#main/tagging/tag-scheme'
import type { SumOf, Tally } from './tally.ts'

/** Counts of all words. */
export const wordsKey = 'words'
export const tagKey = (tag: string): string => `tag ${tag}`
export const labelKey = (label: string): string => `label ${label}`

/** BIOES tags with their labels, by the rule of training: of spans that share a word the first in reading order is kept. */
export function tagsOf(spans: readonly Span[], words: number): string[] {
  const tagSet = [...new Set(spans.map(({ label }) => label))].flatMap(tagsOfLabel)
  return encodeTags(spans, words, tagSet).tags
}

const tagsOfLabel = (label: string): string[] => prefixes.map((prefix) => tagName(prefix, label))

const labelOf = (tag: string): string => tag.slice(2)

/** Counts of the words of a sentence, by the tags of two annotators. */
export function addTagPair(tally: Tally, unit: number, first: readonly string[], second: readonly string[]): void {
  let agreed = 0
  for (const [at, a] of first.entries()) {
    const b = second[at] ?? 'O'
    if (a === b) agreed++
    if (a !== 'O') tally.add(tagKey(a), unit, 1, 0, a === b ? 1 : 0)
    if (b !== 'O') tally.add(tagKey(b), unit, 0, 1, 0)
    if (a !== 'O' && labelOf(a) === labelOf(b)) tally.add(labelKey(labelOf(a)), unit, 1)
  }
  tally.add(wordsKey, unit, first.length, agreed)
}

/**
 * Cohen's kappa of all tags, or of those of one label with the rest taken for O; null where nothing was tagged or agreement by chance
 * is certain.
 * @param tags every tag but O.
 */
export function kappaOf(sumOf: SumOf, tags: readonly string[], label: string | null): number | null {
  const words = sumOf(wordsKey, 0)
  if (words === 0) return null
  const own = label === null ? tags : tagsOfLabel(label)
  let [first, second, agreed, byChance] = [0, 0, 0, 0]
  for (const tag of own) {
    const [a, b] = [sumOf(tagKey(tag), 0), sumOf(tagKey(tag), 1)]
    first += a
    second += b
    agreed += sumOf(tagKey(tag), 2)
    byChance += (a * b) / words ** 2
  }
  byChance += ((words - first) * (words - second)) / words ** 2
  const outside = words - (first + second - (label === null ? 0 : sumOf(labelKey(label), 0)))
  const observed = (label === null ? sumOf(wordsKey, 1) : agreed + outside) / words
  return byChance === 1 ? null : (observed - byChance) / (1 - byChance)
}

/** Counts of the words of a sentence, by the tags of all who annotated it; words that fewer than two tagged say nothing. */
export function addTagUnits(tally: Tally, unit: number, byLayer: readonly (readonly string[])[]): void {
  const raters = byLayer.length
  if (raters < 2) return
  let [values, disagreed] = [0, 0]
  for (let at = 0; at < (byLayer[0]?.length ?? 0); at++) {
    values += raters
    const given = byLayer.map((tags) => tags[at] ?? 'O')
    if (given.every((value) => value === 'O')) continue
    disagreed += disagreement(given)
    addLabels(tally, unit, given)
  }
  tally.add(wordsKey, unit, values, disagreed)
}

/** Counts the values of one word, and for each label how far they disagree with the rest taken for O. */
function addLabels(tally: Tally, unit: number, values: readonly string[]): void {
  const tagged = values.filter((value) => value !== 'O')
  for (const value of tagged) tally.add(tagKey(value), unit, 1)
  for (const label of new Set(tagged.map(labelOf))) {
    const own = values.map((value) => (value !== 'O' && labelOf(value) === label ? value : 'O'))
    tally.add(labelKey(label), unit, disagreement(own))
  }
}

/** The values of a word that differ, each weighed by how many there are besides it: m - sum of n(n - 1) / (m - 1). */
function disagreement(values: readonly string[]): number {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  if (counts.size === 1) return 0
  const agreeing = [...counts.values()].reduce((sum, count) => sum + count * (count - 1), 0)
  return values.length - agreeing / (values.length - 1)
}

/** Krippendorff's alpha of all tags, or of those of one label with the rest taken for O; null where all values are the same. */
export function alphaOf(sumOf: SumOf, tags: readonly string[], label: string | null): number | null {
  const values = sumOf(wordsKey, 0)
  const own = label === null ? tags : tagsOfLabel(label)
  let [marked, squares] = [0, 0]
  for (const tag of own) {
    const count = sumOf(tagKey(tag), 0)
    marked += count
    squares += count ** 2
  }
  squares += (values - marked) ** 2
  const differing = values ** 2 - squares
  const disagreed = label === null ? sumOf(wordsKey, 1) : sumOf(labelKey(label), 0)
  return differing === 0 ? null : 1 - ((values - 1) * disagreed) / differing
}
