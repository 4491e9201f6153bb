/** Statistics of two corpora side by side, as the command line tells them. */
import {
  compareCounts,
  compareSplits,
  type ComparedCount,
  type ComparedFigure,
} from '#main/comparison/corpora-side-by-side'
import type { Split } from '#main/document/doc'
import type { CorpusStatistics } from '#main/evaluation/corpus-statistics'
import { formatTable } from '#main/text/aligned-table'

interface ComparedSplits {
  readonly splits: readonly [Split, Split]
  readonly figures: readonly ComparedFigure[]
}

export interface ComparedCorpora {
  readonly names: readonly [string, string]
  readonly splits: readonly ComparedSplits[]
  /** Types of all splits. */
  readonly relationTypes: readonly ComparedCount[]
  readonly entityTypes: readonly ComparedCount[]
}

export function sideBySide(
  one: CorpusStatistics,
  other: CorpusStatistics,
  pairs: readonly (readonly [Split, Split])[],
): ComparedCorpora {
  return {
    names: [one.name, other.name],
    splits: pairs.flatMap(([split, otherSplit]) => {
      const [a, b] = [splitOf(one, split), splitOf(other, otherSplit)]
      const isEmpty = !a || !b || a.sentences + b.sentences === 0
      return isEmpty ? [] : [{ splits: [split, otherSplit] as const, figures: compareSplits(a, b) }]
    }),
    relationTypes: compareCounts(one.relationTypes, other.relationTypes),
    entityTypes: compareCounts(one.entityTypes, other.entityTypes),
  }
}

export function describeSideBySide({ names, splits, relationTypes, entityTypes }: ComparedCorpora): string {
  const figures = splits.map(({ splits: [split, otherSplit], figures: rows }) =>
    formatTable(
      ['', `${names[0]}, ${split}`, `${names[1]}, ${otherSplit}`, 'difference'],
      rows.map(({ label, unit, values, difference }) => [
        ...[label, tell(values[0], unit), tell(values[1], unit)],
        tellDifference(difference, unit),
      ]),
    ),
  )
  const types = [
    ['relation types', relationTypes],
    ['entity types', entityTypes],
  ] as const
  const tables = types.map(([title, counts]) =>
    formatTable(
      [`${title} of all splits`, names[0], names[1], ''],
      counts.map(({ label, counts: both, shares, only }) => [
        label,
        ...both.map((count, at) => `${count} (${tell(shares[at] ?? 0, 'share')})`),
        only === null ? '' : `only in ${names[only]}`,
      ]),
    ),
  )
  return [...figures, ...tables].join('\n\n')
}

function splitOf({ splits }: CorpusStatistics, name: Split): CorpusStatistics['splits'][number] | undefined {
  return splits.find(({ split }) => split === name)
}

function tell(value: number | null, unit: ComparedFigure['unit']): string {
  if (value === null) return ''
  return unit === 'count' ? String(value) : `${(100 * value).toFixed(1)} %`
}

/** Shares differ by points. */
function tellDifference(value: number | null, unit: ComparedFigure['unit']): string {
  if (value === null) return ''
  const sign = value > 0 ? '+' : ''
  return unit === 'count' ? `${sign}${value}` : `${sign}${(100 * value).toFixed(1)} points`
}
