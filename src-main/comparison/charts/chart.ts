/** Chart: what is drawn of a comparison, as plain data: the window draws it, a report holds it as SVG, and a table says the same. */

export interface Axis {
  readonly label: string
  readonly scale: 'linear' | 'log' | 'category'
  /** Names of the places of a category axis; a point's x is the index of one. */
  readonly categories?: readonly string[]
  /** How much each category is made of: "76 sentences, 88 triples". */
  readonly sizes?: readonly string[]
  /** The axis does not go below it for the sake of a band. */
  readonly neverBelow?: number
  readonly least?: number
  readonly most?: number
}

export interface ChartPoint {
  readonly x: number
  readonly y: number
  /** Bounds of the band or the whisker around it. */
  readonly low?: number
  readonly high?: number
  /** Its place on a third scale that is not drawn, such as a threshold. */
  readonly at?: number
}

export interface ChartSeries {
  readonly name: string
  /** Number of its hue: the same for all series of a row of the comparison. */
  readonly hue: number
  readonly line: 'solid' | 'dashed' | 'dotted'
  readonly points: readonly ChartPoint[]
  /** Lines that help the eye, such as a diagonal, stand in no table. */
  readonly isGuide?: boolean
}

interface Described {
  /** Short name for files: "learning-curves". */
  readonly name: string
  readonly title: string
  /** Sentences that say what the figures and their bounds are. */
  readonly notes: readonly string[]
}

export interface SeriesChart extends Described {
  readonly kind: 'lines' | 'bars'
  readonly x: Axis
  readonly y: Axis
  readonly series: readonly ChartSeries[]
  /** Names of the bounds in the table: "low" and "high" say too little without them. */
  readonly bounds?: readonly [string, string]
  /** Title of the column of `at`, where points have one. */
  readonly atLabel?: string
}

export interface GridCell {
  readonly row: string
  readonly column: string
  readonly count: number
}

/** A matrix of counts of which only those above zero are listed. */
export interface GridChart extends Described {
  readonly kind: 'grid'
  readonly rowLabel: string
  readonly columnLabel: string
  /** Labels that are drawn; the cells of others stand in the table alone. */
  readonly shown: readonly string[]
  readonly cells: readonly GridCell[]
}

export type Chart = SeriesChart | GridChart

/** Is there nothing to draw? */
export function isEmptyChart(chart: Chart): boolean {
  return chart.kind === 'grid' ? chart.cells.length === 0 : chart.series.every(({ points }) => points.length === 0)
}
