/** Report: everything that one page says of a comparison. */
import type { Chart } from '#main/comparison/charts/chart'
import type { Written } from '#main/comparison/format-comparison'
import type { DiffSentence } from '#main/comparison/sentence-diff'

export interface ReportDiff {
  readonly first: string
  readonly second: string
  readonly sentences: readonly DiffSentence[]
}

export interface ReportCard {
  readonly name: string
  /** The run card, as Markdown. */
  readonly text: string
}

export interface Report {
  readonly title: string
  /** When it was made, in milliseconds since 1970. */
  readonly madeMs: number
  readonly program: string
  readonly written: Written
  readonly charts: readonly Chart[]
  readonly diffs: readonly ReportDiff[]
  readonly cards: readonly ReportCard[]
}
