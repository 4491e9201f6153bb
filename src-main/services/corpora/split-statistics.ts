/** SplitStatistics: counts over the sentences of one split, which come one after the other. */
import type { Count } from '#main/core/count'
import type { SplitStatistics } from '#main/api/corpora'
import type { Split } from '#main/document/doc'
import { countPos, type LabelledSentence } from '#main/document/labelled-sentence'
import { goldTextTriples } from '#main/evaluation/match-items'
import { isSoo, overlapClasses, type ClassCounts, type TripleCounting } from '#main/evaluation/overlap-class'

export interface SplitFold {
  add(sentence: LabelledSentence): void
  statistics(ambiguousAnchors: number): SplitStatistics
}

export function createSplitFold(split: Split): SplitFold {
  const sums = { sentences: 0, tokens: 0, tokensWithPos: 0, uniqueTriples: 0 }
  const spanSums = { spans: 0, multiTokenSpans: 0, unanchored: 0 }
  const types = new Set<string>()
  const lengths = new Map<number, number>()
  const tripleCounts = [0, 0, 0, 0, 0, 0]
  const classes = { list: emptyClasses(), set: emptyClasses() }
  return {
    add(sentence) {
      const { words, spans, unanchored } = sentence
      const triples = goldTextTriples(sentence)
      sums.sentences++
      sums.tokens += words.length
      sums.tokensWithPos += countPos([sentence])
      sums.uniqueTriples += triples.length
      spanSums.spans += spans.length
      spanSums.multiTokenSpans += spans.filter(({ start, end }) => end - start > 1).length
      spanSums.unanchored += unanchored.length
      for (const { type } of triples) types.add(type)
      lengths.set(words.length, (lengths.get(words.length) ?? 0) + 1)
      const place = Math.min(triples.length, 5)
      tripleCounts[place] = (tripleCounts[place] ?? 0) + 1
      if (triples.length === 0) return
      const soo = isSoo(sentence)
      for (const counting of ['list', 'set'] as const) countClasses(classes[counting], sentence, counting, soo)
    },
    statistics: (ambiguousAnchors) => ({
      ...{ split, ...sums, relationTypes: types.size, ...spanSums, classes, ambiguousAnchors },
      tripleCounts: tripleCounts.map((count, number): Count => ({ label: tripleLabels[number] ?? '', count })),
      lengths: lengthsOf([...lengths].sort(([a], [b]) => a - b)),
    }),
  }
}

const tripleLabels = ['none', '1', '2', '3', '4', '5 or more']

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

const emptyClasses = (): Mutable<ClassCounts> => ({ Normal: 0, SEO: 0, EPO: 0, SOO: 0, normalWithoutSoo: 0 })

function countClasses(
  counts: Mutable<ClassCounts>,
  sentence: LabelledSentence,
  counting: TripleCounting,
  soo: boolean,
): void {
  const names = overlapClasses(sentence, counting)
  for (const name of names) counts[name]++
  if (soo) counts.SOO++
  else if (names.includes('Normal')) counts.normalWithoutSoo++
}

/** @param sorted lengths with their numbers of sentences, the shortest first */
function lengthsOf(sorted: readonly (readonly [length: number, count: number])[]): SplitStatistics['lengths'] {
  const total = sorted.reduce((sum, [, count]) => sum + count, 0)
  const quantile = (share: number): number => {
    let seen = 0
    const rank = Math.max(1, Math.ceil(share * total))
    return sorted.find(([, count]) => (seen += count) >= rank)?.[0] ?? 0
  }
  return { min: sorted[0]?.[0] ?? 0, median: quantile(0.5), p95: quantile(0.95), max: sorted.at(-1)?.[0] ?? 0 }
}
