/** The figures of splits as rows of a table: sizes, overlap classes, triples per sentence, lengths, anchors. */
import type { SplitStatistics } from '#main/evaluation/corpus-statistics'
import { formatCount, formatPercent } from '#window/common/figures.ts'

interface Figure {
  readonly label: string
  readonly of: (split: SplitStatistics) => string
}

const figures: readonly Figure[] = [
  { label: 'Sentences', of: ({ sentences }) => formatCount(sentences) },
  { label: 'Tokens', of: ({ tokens }) => formatCount(tokens) },
  {
    label: 'Tokens with a part of speech',
    of: ({ tokens, tokensWithPos }) => (tokens === 0 ? '' : formatPercent(tokensWithPos / tokens)),
  },
  { label: 'Unique triples', of: ({ uniqueTriples }) => formatCount(uniqueTriples) },
  { label: 'Relation types', of: ({ relationTypes }) => formatCount(relationTypes) },
  { label: 'Spans', of: ({ spans }) => formatCount(spans) },
  {
    label: 'Spans of several tokens',
    of: ({ spans, multiTokenSpans }) => (spans === 0 ? '' : formatPercent(multiTokenSpans / spans)),
  },
  { label: 'Normal, as listed', of: ({ classes }) => formatCount(classes.list.Normal) },
  { label: 'SEO (a shared entity), as listed', of: ({ classes }) => formatCount(classes.list.SEO) },
  { label: 'EPO (a shared pair), as listed', of: ({ classes }) => formatCount(classes.list.EPO) },
  { label: 'Normal, each triple once', of: ({ classes }) => formatCount(classes.set.Normal) },
  { label: 'SEO, each triple once', of: ({ classes }) => formatCount(classes.set.SEO) },
  { label: 'EPO, each triple once', of: ({ classes }) => formatCount(classes.set.EPO) },
  { label: 'SOO (one string is part of the other)', of: ({ classes }) => formatCount(classes.list.SOO) },
  {
    label: 'Normal without SOO, as listed',
    of: ({ classes }) => formatCount(classes.list.normalWithoutSoo),
  },
  { label: 'Shortest sentence in tokens', of: ({ lengths }) => formatCount(lengths.min) },
  { label: 'Median', of: ({ lengths }) => formatCount(lengths.median) },
  { label: '95th percentile', of: ({ lengths }) => formatCount(lengths.p95) },
  { label: 'Longest', of: ({ lengths }) => formatCount(lengths.max) },
  { label: 'Ambiguous anchors', of: ({ ambiguousAnchors }) => formatCount(ambiguousAnchors) },
  { label: 'Triples not found in their text', of: ({ unanchored }) => formatCount(unanchored) },
]

/** One row per figure, with `label` and one field per split. */
export function figureRows(splits: readonly SplitStatistics[]): Record<string, string>[] {
  const byTriples = (splits[0]?.tripleCounts ?? []).map(({ label }) => ({
    label:
      label === 'none'
        ? 'Sentences without triples'
        : `Sentences with ${label} ${label === '1' ? 'triple' : 'triples'}`,
    of: ({ tripleCounts }: SplitStatistics) =>
      formatCount(tripleCounts.find((counted) => counted.label === label)?.count ?? 0),
  }))
  const classesEnd = figures.findIndex(({ label }) => label.startsWith('Normal without SOO')) + 1
  return figures
    .toSpliced(classesEnd, 0, ...byTriples)
    .map(({ label, of }) => ({ label, ...Object.fromEntries(splits.map((split) => [split.split, of(split)])) }))
}
