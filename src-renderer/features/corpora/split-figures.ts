/** The figures of a split, as the rows of a table: sizes, overlap classes, triples per sentence, lengths, anchors. */
import type { SplitStatistics } from '#main/api/corpora'
import { showCount, showPercent } from './show-count.ts'

interface Figure {
  readonly label: string
  readonly of: (split: SplitStatistics) => string
}

const figures: readonly Figure[] = [
  { label: 'Sentences', of: ({ sentences }) => showCount(sentences) },
  { label: 'Tokens', of: ({ tokens }) => showCount(tokens) },
  {
    label: 'Tokens with a part of speech',
    of: ({ tokens, tokensWithPos }) => (tokens === 0 ? '' : showPercent(tokensWithPos / tokens)),
  },
  { label: 'Unique triples', of: ({ uniqueTriples }) => showCount(uniqueTriples) },
  { label: 'Relation types', of: ({ relationTypes }) => showCount(relationTypes) },
  { label: 'Spans', of: ({ spans }) => showCount(spans) },
  {
    label: 'Spans of several tokens',
    of: ({ spans, multiTokenSpans }) => (spans === 0 ? '' : showPercent(multiTokenSpans / spans)),
  },
  { label: 'Normal, as listed', of: ({ classes }) => showCount(classes.list.Normal) },
  { label: 'SEO (a shared entity), as listed', of: ({ classes }) => showCount(classes.list.SEO) },
  { label: 'EPO (a shared pair), as listed', of: ({ classes }) => showCount(classes.list.EPO) },
  { label: 'Normal, each triple once', of: ({ classes }) => showCount(classes.set.Normal) },
  { label: 'SEO, each triple once', of: ({ classes }) => showCount(classes.set.SEO) },
  { label: 'EPO, each triple once', of: ({ classes }) => showCount(classes.set.EPO) },
  { label: 'SOO (one string is part of the other)', of: ({ classes }) => showCount(classes.list.SOO) },
  {
    label: 'Normal without SOO, as listed',
    of: ({ classes }) => showCount(classes.list.normalWithoutSoo),
  },
  { label: 'Shortest sentence in tokens', of: ({ lengths }) => showCount(lengths.min) },
  { label: 'Median', of: ({ lengths }) => showCount(lengths.median) },
  { label: '95th percentile', of: ({ lengths }) => showCount(lengths.p95) },
  { label: 'Longest', of: ({ lengths }) => showCount(lengths.max) },
  { label: 'Ambiguous anchors', of: ({ ambiguousAnchors }) => showCount(ambiguousAnchors) },
  { label: 'Triples not found in their text', of: ({ unanchored }) => showCount(unanchored) },
]

/** One row per figure: `label` and one field per split. */
export function figureRows(splits: readonly SplitStatistics[]): Record<string, string>[] {
  const byTriples = (splits[0]?.tripleCounts ?? []).map(({ label }) => ({
    label:
      label === 'none'
        ? 'Sentences without triples'
        : `Sentences with ${label} ${label === '1' ? 'triple' : 'triples'}`,
    of: ({ tripleCounts }: SplitStatistics) =>
      showCount(tripleCounts.find((counted) => counted.label === label)?.count ?? 0),
  }))
  const classesEnd = figures.findIndex(({ label }) => label.startsWith('Normal without SOO')) + 1
  return figures
    .toSpliced(classesEnd, 0, ...byTriples)
    .map(({ label, of }) => ({ label, ...Object.fromEntries(splits.map((split) => [split.split, of(split)])) }))
}
