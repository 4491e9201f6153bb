/** Published figures beside a row: the figure of the same system, and why it cannot be compared where it cannot. */
import type { MatchMode } from '#main/evaluation/match-mode'
import type { EncoderConfig, RunConfig } from '#main/runs/config'
import { families } from '#main/runs/families/families'
import { isRival, type ModelName } from '#main/runs/model-name'
import type { VariantName } from '#main/runs/variants'
import { enumerate } from '#main/text/enumeration'

export interface PublishedRow {
  readonly system: string
  readonly year: number
  readonly encoder: string
  /** Build of the corpus: "WebNLG*", "WebNLG (a)", ... Figures of different builds never share a column. */
  readonly build: string
  readonly match: 'exact' | 'partial'
  /** Percent; absent where only others were published. */
  readonly p?: number
  readonly r?: number
  readonly f1: number
  readonly sd?: number
  readonly seeds?: number
  readonly selection?: string
  readonly source: string
  /** "secondary" is copied from what another paper says of it. */
  readonly read: 'primary' | 'secondary'
}

export interface PublishedFigures {
  readonly note: string
  readonly rows: readonly PublishedRow[]
}

export interface ShownFigure {
  readonly row: PublishedRow
  /** Why the figure cannot be compared; null where it can. */
  readonly why: string | null
}

/** What of a table decides whether a published figure can stand beside it. */
export interface PublishedFrame {
  /** The build that the corpus is; null where that is not said. */
  readonly build: string | null
  readonly match: MatchMode
}

const systems: Partial<Record<VariantName, string>> = {
  mtl: 'MTL',
  'mtl-sm': 'MTL-SM',
  pmei: 'PMEI',
  'pmei-without-sm': 'PMEI w/o SM',
  'pmei-without-interaction': 'PMEI w/o interaction',
  'pmei-without-gru': 'PMEI w/o GRU',
}

/** The names of a model among the published figures. */
function systemsOf(name: ModelName): readonly string[] {
  return isRival(name) ? families[name].published : [systems[name] ?? []].flat()
}

/** The builds of which figures were published. */
export function buildsOf({ rows }: PublishedFigures): string[] {
  return [...new Set(rows.map(({ build }) => build))]
}

/** The published figure of a variant that comes closest to how a row was scored; null where nothing was published. */
export function publishedOf(
  { rows }: PublishedFigures,
  { variant, model, vectors }: Pick<RunConfig, 'variant' | 'model' | 'vectors'>,
  frame: PublishedFrame,
): ShownFigure | null {
  const encoder = encoderName(model.encoder, vectors !== null)
  const own = rows
    .filter(({ system }) => systemsOf(variant).includes(system))
    .map((row) => ({ row, reasons: reasonsOf(row, frame, encoder) }))
    .toSorted((a, b) => a.reasons.length - b.reasons.length)
  const [closest] = own
  return closest ? { row: closest.row, why: sentenceOf(closest.reasons) } : null
}

/** All figures of the build, those of the match mode first, the highest first. */
export function publishedOfBuild({ rows }: PublishedFigures, frame: PublishedFrame): ShownFigure[] {
  return rows
    .filter(({ build }) => build === frame.build)
    .map((row) => ({ row, why: sentenceOf(reasonsOf(row, frame, null)) }))
    .toSorted((a, b) => Number(a.why !== null) - Number(b.why !== null) || b.row.f1 - a.row.f1)
}

function reasonsOf(row: PublishedRow, { build, match }: PublishedFrame, encoder: string | null): string[] {
  return [
    ...(row.build === build
      ? []
      : [build === null ? `it is of the build ${row.build}` : `it is of ${row.build}, not ${build}`]),
    ...(isOfMode(row, match) ? [] : [`it is in ${row.match} match mode, not ${match}`]),
    ...(encoder === null || row.encoder === encoder ? [] : [`its encoder is ${row.encoder}, not ${encoder}`]),
  ]
}

/** RIN and PMEI count cells of the pair table, which they call exact where both entities must be right, else partial. */
function isOfMode({ match, source }: PublishedRow, mode: MatchMode): boolean {
  const countsCells = source.startsWith('PMEI paper') || source.startsWith('RIN paper')
  return mode === match || (countsCells && mode === (match === 'exact' ? 'cell' : 'cell-any'))
}

const sentenceOf = (reasons: readonly string[]): string | null =>
  reasons.length === 0 ? null : `Not comparable: ${enumerate(reasons)}.`

function encoderName(encoder: EncoderConfig, hasVectors: boolean): string {
  if (encoder.kind === 'lstm') return hasVectors ? 'GloVe' : 'an LSTM without word vectors'
  return encoder.isFrozen ? 'BERT-base, frozen' : 'BERT-base'
}

/** "PMEI, GloVe, 3 seeds, best epoch on test; PMEI paper, Table 6": how a figure came about. */
export function describePublished({ system, encoder, seeds, selection, source, read }: PublishedRow): string {
  const how = [system, encoder, ...(seeds === undefined ? [] : [`${seeds} seeds`]), selection ?? 'selection not stated']
  return `${how.join(', ')}; ${source}${read === 'secondary' ? ', which copies it' : ''}`
}
