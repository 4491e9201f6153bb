/** SplitStatistics: counts over the sentences of one split, which come one after the other. */
import type { Count } from '#main/core/count'
import type { SplitStatistics } from '#main/evaluation/corpus-statistics'
import type { Split } from '#main/document/doc'
import type { LabelledSentence, TextTriple } from '#main/document/labelled-sentence'
import { isSoo, overlapClasses, type ClassCounts } from '#main/evaluation/overlap-class'

export interface SplitFold {
  /** @param triples the gold triples of the sentence as strings, each once. */
  add(sentence: LabelledSentence, triples: readonly TextTriple[]): void
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
    add(sentence, triples) {
      const { words, pos, spans, unanchored } = sentence
      sums.sentences++
      sums.tokens += words.length
      if (pos) for (const one of pos) if (one !== null) sums.tokensWithPos++
      sums.uniqueTriples += triples.length
      spanSums.spans += spans.length
      for (const { start, end } of spans) if (end - start > 1) spanSums.multiTokenSpans++
      spanSums.unanchored += unanchored.length
      for (const { type } of triples) types.add(type)
      lengths.set(words.length, (lengths.get(words.length) ?? 0) + 1)
      const place = Math.min(triples.length, 5)
      tripleCounts[place] = (tripleCounts[place] ?? 0) + 1
      if (triples.length === 0) return
      const soo = isSoo(sentence, triples)
      const ofSet = overlapClasses(sentence, 'set', triples)
      const ofList = sentence.repeatedTriples ? overlapClasses(sentence, 'list', triples) : ofSet
      countClasses(classes.set, ofSet, soo)
      countClasses(classes.list, ofList, soo)
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

function countClasses(counts: Mutable<ClassCounts>, names: ReturnType<typeof overlapClasses>, soo: boolean): void {
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
