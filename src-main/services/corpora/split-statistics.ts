/** SplitStatistics: counts over the sentences of one split. */
import type { Count } from '#main/core/count'
import type { SplitStatistics } from '#main/api/corpora'
import type { Split } from '#main/document/doc'
import { countPos, countWords, type LabelledSentence } from '#main/document/labelled-sentence'
import { goldTextTriples } from '#main/evaluation/match-items'
import { countClasses } from '#main/evaluation/overlap-class'

export function splitStatistics(
  split: Split,
  sentences: readonly LabelledSentence[],
  ambiguousAnchors: number,
): SplitStatistics {
  const spans = sentences.flatMap((sentence) => sentence.spans)
  const lengths = sentences.map(({ words }) => words.length).toSorted((a, b) => a - b)
  const triples = sentences.map(goldTextTriples)
  return {
    split,
    sentences: sentences.length,
    tokens: countWords(sentences),
    tokensWithPos: countPos(sentences),
    uniqueTriples: triples.flat().length,
    relationTypes: new Set(triples.flat().map(({ type }) => type)).size,
    spans: spans.length,
    multiTokenSpans: spans.filter(({ start, end }) => end - start > 1).length,
    classes: { list: countClasses(sentences, 'list'), set: countClasses(sentences, 'set') },
    tripleCounts: countTriples(triples.map(({ length }) => length)),
    lengths: {
      min: lengths[0] ?? 0,
      median: quantile(lengths, 0.5),
      p95: quantile(lengths, 0.95),
      max: lengths.at(-1) ?? 0,
    },
    ambiguousAnchors,
    unanchored: sentences.flatMap(({ unanchored }) => unanchored).length,
  }
}

function countTriples(counts: readonly number[]): Count[] {
  const of = (label: string, holds: (count: number) => boolean) => ({ label, count: counts.filter(holds).length })
  return [
    of('none', (count) => count === 0),
    ...[1, 2, 3, 4].map((number) => of(String(number), (count) => count === number)),
    of('5 or more', (count) => count >= 5),
  ]
}

/** The smallest number that at least this share of the sorted numbers does not exceed; 0 of none. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0
}
