/** SplitStatistics: counts over the sentences of one split. */
import type { Count, SplitStatistics } from '#main/api/views'
import type { Split } from '#main/document/doc'
import { spanText, type LabelledSentence } from '#main/document/labelled-sentence'

export function splitStatistics(
  split: Split,
  sentences: readonly LabelledSentence[],
  ambiguousAnchors: number,
): SplitStatistics {
  const spans = sentences.flatMap((sentence) => sentence.spans)
  const lengths = sentences.map(({ words }) => words.length).toSorted((a, b) => a - b)
  const tripleCounts = sentences.map((sentence) => uniqueTriples(sentence).length)
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
  return {
    split,
    sentences: sentences.length,
    tokens: sum(lengths),
    uniqueTriples: sum(tripleCounts),
    relationTypes: new Set(sentences.flatMap((s) => [...s.triples, ...s.unanchored].map(({ type }) => type))).size,
    spans: spans.length,
    multiTokenSpans: spans.filter(({ start, end }) => end - start > 1).length,
    classes: { Normal: 0, SEO: 0, EPO: 0, SOO: 0 },
    tripleCounts: countTriples(tripleCounts),
    lengths: {
      min: lengths[0] ?? 0,
      median: quantile(lengths, 0.5),
      p95: quantile(lengths, 0.95),
      max: lengths.at(-1) ?? 0,
    },
    ambiguousAnchors,
    unanchored: sum(sentences.map(({ unanchored }) => unanchored.length)),
  }
}

/** Distinct (subject string, type, object string). */
function uniqueTriples({ words, triples, unanchored }: LabelledSentence): string[] {
  const anchored = triples.map((t) => [spanText(words, t.subject), t.type, spanText(words, t.object)])
  const others = unanchored.map(({ subject, type, object }) => [subject, type, object])
  return [...new Set([...anchored, ...others].map((parts) => JSON.stringify(parts)))]
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
