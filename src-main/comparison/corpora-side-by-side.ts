/** Two corpora side by side: the figures of a split of each with their differences, and the types that only one of them has. */
import type { Count } from '#main/core/count'
import type { SplitStatistics } from '#main/evaluation/corpus-statistics'
import type { TripleCounting } from '#main/evaluation/overlap-class'

export type FigureGroup = 'sizes' | 'overlap classes' | 'triples' | 'lengths' | 'anchors'

/** A figure of both; a share is a part of 1, and null where it is a share of nothing. */
export interface ComparedFigure {
  readonly label: string
  readonly group: FigureGroup
  readonly unit: 'count' | 'share'
  readonly values: readonly [number | null, number | null]
  /** The second less the first; null where one of them is. */
  readonly difference: number | null
}

/** Counts of one label in both, and its shares of all of its kind. */
export interface ComparedCount {
  readonly label: string
  readonly counts: readonly [number, number]
  readonly shares: readonly [number, number]
  /** Which of the corpora alone has the label; null where both do. */
  readonly only: 0 | 1 | null
}

interface Figure {
  readonly label: string
  readonly group: FigureGroup
  readonly unit: 'count' | 'share'
  readonly of: (split: SplitStatistics) => number | null
}

const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole)
const count = (group: FigureGroup, label: string, of: (split: SplitStatistics) => number): Figure => ({
  ...{ label, group, unit: 'count', of },
})
const part = (group: FigureGroup, label: string, of: (split: SplitStatistics) => number | null): Figure => ({
  ...{ label, group, unit: 'share', of },
})

const countings = { list: 'as listed', set: 'each triple once' } as const
const figures: readonly Figure[] = [
  count('sizes', 'Sentences', ({ sentences }) => sentences),
  count('sizes', 'Tokens', ({ tokens }) => tokens),
  count('sizes', 'Unique triples', ({ uniqueTriples }) => uniqueTriples),
  count('sizes', 'Relation types', ({ relationTypes }) => relationTypes),
  count('sizes', 'Spans', ({ spans }) => spans),
  part('sizes', 'Spans of several tokens', ({ spans, multiTokenSpans }) => share(multiTokenSpans, spans)),
  part('sizes', 'Tokens with a part of speech', ({ tokens, tokensWithPos }) => share(tokensWithPos, tokens)),
  ...(['list', 'set'] as const).flatMap((counting) =>
    (['Normal', 'SEO', 'EPO'] as const).flatMap((name) => [
      count('overlap classes', `${name}, ${countings[counting]}`, ({ classes }) => classes[counting][name]),
      part('overlap classes', `${name}, ${countings[counting]}, of all sentences`, ({ classes, sentences }) =>
        share(classes[counting][name], sentences),
      ),
    ]),
  ),
  count('overlap classes', 'SOO', ({ classes }) => classes.list.SOO),
  count('overlap classes', 'Normal without SOO, as listed', ({ classes }) => classes.list.normalWithoutSoo),
  count('overlap classes', 'Normal without SOO, each triple once', ({ classes }) => classes.set.normalWithoutSoo),
  count('lengths', 'Shortest sentence in tokens', ({ lengths }) => lengths.min),
  count('lengths', 'Median length', ({ lengths }) => lengths.median),
  count('lengths', '95th percentile of lengths', ({ lengths }) => lengths.p95),
  count('lengths', 'Longest', ({ lengths }) => lengths.max),
  count('anchors', 'Ambiguous anchors', ({ ambiguousAnchors }) => ambiguousAnchors),
  count('anchors', 'Triples not found in their text', ({ unanchored }) => unanchored),
]

export function compareSplits(first: SplitStatistics, second: SplitStatistics): ComparedFigure[] {
  return figures.map(({ label, group, unit, of }) => {
    const values = [of(first), of(second)] as const
    const difference = values[0] === null || values[1] === null ? null : values[1] - values[0]
    return { label, group, unit, values, difference }
  })
}

/** Labels of both with their counts, the largest share of the two first. */
export function compareCounts(first: readonly Count[], second: readonly Count[]): ComparedCount[] {
  const [totals, known] = [[first, second].map(total), [first, second].map(byLabel)]
  const labels = [...new Set([...first, ...second].map(({ label }) => label))]
  return labels
    .map((label): ComparedCount => {
      const [one = 0, other = 0] = known.map((counts) => counts.get(label) ?? 0)
      const shares = [one / (totals[0] || 1), other / (totals[1] || 1)] as const
      return { label, counts: [one, other], shares, only: other === 0 ? 0 : one === 0 ? 1 : null }
    })
    .filter(({ counts: [one, other] }) => one + other > 0)
    .toSorted((a, b) => Math.max(...b.shares) - Math.max(...a.shares) || (a.label < b.label ? -1 : 1))
}

/** Sentences of both by overlap class, as shares of all of their split; a sentence can be of several classes. */
export function compareClasses(
  first: SplitStatistics,
  second: SplitStatistics,
  counting: TripleCounting,
): ComparedCount[] {
  return (['Normal', 'SEO', 'EPO', 'SOO'] as const).map((label) => {
    const counts = [first.classes[counting][label], second.classes[counting][label]] as const
    const shares = [share(counts[0], first.sentences) ?? 0, share(counts[1], second.sentences) ?? 0] as const
    return { label, counts, shares, only: null }
  })
}

const total = (counts: readonly Count[]): number => counts.reduce((sum, { count: number }) => sum + number, 0)
const byLabel = (counts: readonly Count[]): Map<string, number> =>
  new Map(counts.map(({ label, count: number }) => [label, number]))
