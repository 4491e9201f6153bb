/** SavedComparison: what a person compares and how it is shown, kept under a name and an address. */
import type { Split } from '#main/document/doc'
import type { MatchMode } from '#main/evaluation/match-mode'
import { usualView, type TableView } from './table-view.ts'

/** Thresholds by which runs are compared. */
export const comparedThresholds = ['tuned', 'given'] as const
export type ComparedThresholds = (typeof comparedThresholds)[number]

/** A sentence of two members that a person chose to show in reports. */
export interface Pin {
  readonly firstId: string
  readonly secondId: string
  readonly sentenceId: number
}

export interface ComparisonView extends TableView {
  readonly runIds: readonly string[]
  /** Predictions of other systems. */
  readonly systemIds: readonly string[]
  readonly match: MatchMode
  readonly split: Split
  /** Thresholds of the runs: tuned on dev where there are such, or those of their settings. */
  readonly thresholds: ComparedThresholds
  /** A run of the row that the others are compared with; the first row where it is null or gone. */
  readonly baselineId: string | null
  /** Names that a person gave to rows, by the id of one of their runs. */
  readonly names: Readonly<Record<string, string>>
  /** The build that the corpus is, for published figures; null where none are shown. */
  readonly build: string | null
  readonly pins: readonly Pin[]
}

/** What a view of runs is that nobody has shaped. */
export const plainView = {
  ...{ systemIds: [], thresholds: 'tuned', baselineId: null, names: {}, build: null, pins: [] },
  ...usualView,
} as const satisfies Partial<ComparisonView>

export interface SavedComparison {
  readonly comparisonId: number
  readonly name: string
  readonly view: ComparisonView
  readonly savedMs: number
}
