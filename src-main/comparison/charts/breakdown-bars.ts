/** Breakdowns as bars: F1 of every row over groups of sentences or triples, with an interval by resampling sentences. */
import { nextBits, startState, toUnit } from '#main/core/small-counter'
import type { LabelledSentence, TextTriple } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'
import { breakdownParts, type BreakdownParts } from '#main/evaluation/breakdowns'
import type { MatchMode } from '#main/evaluation/match-mode'
import { countOf } from '#main/text/numbers'
import { f1OfSum, meanOf, sumRows, type CountTable } from '../count-table.ts'
import { quantile } from '../paired-bootstrap.ts'
import type { ChartPoint, SeriesChart } from './chart.ts'

/** Mean F1 of the runs of a row in one group, 0 to 1, with its 95 % interval. */
export interface GroupFigure {
  readonly f1: number
  readonly low: number
  readonly high: number
}

export interface BreakdownGroup {
  readonly label: string
  readonly sentences: number
  readonly gold: number
  /** In the order of the rows of the comparison; null where a row has neither gold nor a prediction. */
  readonly figures: readonly (GroupFigure | null)[]
}

export interface BreakdownIntervals {
  readonly name: string
  readonly groups: readonly BreakdownGroup[]
}

/** The predictions of each run of a row, in the order of the sentences. */
export type PredictedRow = readonly (readonly (Prediction | null)[])[]

interface Scored {
  readonly sentences: readonly LabelledSentence[]
  readonly trainTriples: readonly TextTriple[]
  readonly rows: readonly PredictedRow[]
}

/** Yields after every run and every group. */
export function* breakdownIntervals(
  { sentences, trainTriples, rows }: Scored,
  mode: MatchMode,
): Generator<void, BreakdownIntervals[]> {
  const runs: { readonly row: number; readonly breakdowns: readonly BreakdownParts[] }[] = []
  for (const [row, own] of rows.entries())
    for (const predictions of own) {
      runs.push({ row, breakdowns: breakdownParts({ sentences, predictions, trainTriples }, mode) })
      yield
    }
  const found: BreakdownIntervals[] = []
  for (const [at, { name }] of (runs[0]?.breakdowns ?? []).entries()) {
    const ofRuns = runs.map(({ row, breakdowns }) => ({ row, groups: breakdowns[at]?.groups ?? [] }))
    const labels = [...new Set(ofRuns.flatMap(({ groups }) => groups.map(({ label }) => label)))]
    const groups: BreakdownGroup[] = []
    for (const label of labels) {
      const own = ofRuns.map(({ row, groups: all }) => ({ row, group: all.find((group) => group.label === label) }))
      groups.push({
        label,
        sentences: Math.max(...own.map(({ group }) => group?.sentences ?? 0)),
        gold: Math.max(...own.map(({ group }) => goldOf(group?.parts ?? []))),
        figures: rows.map((_, row) =>
          figureOf(own.flatMap((one) => (one.row === row ? [one.group?.parts ?? []] : []))),
        ),
      })
      yield
    }
    found.push({ name, groups })
  }
  return found
}

type Parts = BreakdownParts['groups'][number]['parts']

const goldOf = (parts: Parts): number => parts.reduce((sum, { scores }) => sum + scores.gold, 0)

/** Number of resamples: more move the bounds of a bar by less than its line is wide. */
const resamples = 1000

/** Sentences and runs are drawn as for the differences of the table. */
function figureOf(runs: readonly Parts[]): GroupFigure | null {
  const table = tableOf(runs)
  if (table.cells.every((cell) => cell === 0)) return null
  const state = startState([1])
  const below = (length: number): number => Math.floor(toUnit(nextBits(state)) * length)
  const places = Int32Array.from({ length: table.sentences }, (_, at) => at)
  const sums = new Float64Array(table.runs)
  sumRows(table, places, table.sentences, sums)
  const f1 = meanOf([...sums].map((sum) => f1OfSum(sum, table.factor)))
  const drawn = Float64Array.from({ length: resamples }, () => {
    for (let at = 0; at < places.length; at++) places[at] = below(table.sentences)
    sumRows(table, places, table.sentences, sums)
    return meanOf(runs.map(() => f1OfSum(sums[below(table.runs)] ?? 0, table.factor)))
  }).sort()
  return { f1, low: quantile(drawn, 0.025), high: quantile(drawn, 0.975) }
}

/** Counts above this would need more sentences than a split can have. */
const factor = 2 ** 24

/** A row for every sentence that a run has a part of. */
function tableOf(runs: readonly Parts[]): CountTable {
  const places = new Map<number, number>()
  for (const { sentence } of runs.flat()) if (!places.has(sentence)) places.set(sentence, places.size)
  const cells = new Float64Array(places.size * runs.length)
  for (const [run, parts] of runs.entries())
    for (const { sentence, scores } of parts) {
      const cell = (places.get(sentence) ?? 0) * runs.length + run
      cells[cell] = (cells[cell] ?? 0) + scores.correct * factor + scores.gold + scores.predicted
    }
  return { cells, factor, sentences: places.size, runs: runs.length, firstRuns: runs.length }
}

/** The most groups that are drawn; all of them stand in the table. */
export const drawnGroups = 20

export function breakdownBars(
  { name, groups }: BreakdownIntervals,
  labels: readonly string[],
  match: MatchMode,
  most = drawnGroups,
): SeriesChart {
  const shown = groups.filter(({ figures }) => figures.some((figure) => figure !== null)).slice(0, most)
  const percent = ({ f1, low, high }: GroupFigure, x: number): ChartPoint => ({
    ...{ x, y: 100 * f1, low: 100 * low, high: 100 * high },
  })
  return {
    ...{ kind: 'bars', name: `by-${name.replaceAll(' ', '-')}`, title: `F1 by ${name}, ${match}` },
    x: {
      ...{ label: name, scale: 'category' },
      categories: shown.map(({ label }) => label),
      sizes: shown.map(({ sentences, gold }) => `${countOf(sentences, 'sentence')}, ${countOf(gold, 'triple')}`),
    },
    y: { label: 'F1 in percent', scale: 'linear', least: 0, most: 100 },
    series: labels.map((label, row) => ({
      ...{ name: label, hue: row, line: 'solid' as const },
      points: shown.flatMap(({ figures }, at) => {
        const figure = figures[row]
        return figure ? [percent(figure, at)] : []
      }),
    })),
    bounds: ['interval from', 'interval to'],
    notes: [
      'Bars are means over the runs of a row, whiskers 95 % intervals of a bootstrap over the sentences and runs of the group (1,000 resamples). Groups with few sentences have wide ones: they say little of a difference.',
      ...(meanings[name] === undefined ? [] : [meanings[name]]),
    ],
  }
}

const meanings: Readonly<Record<string, string>> = {
  'overlap class':
    'Classes count the triples as the file lists them, as published figures do. A sentence can be SEO and EPO at once.',
  'overlap class of unique triples': 'Classes count each triple once. A sentence can be SEO and EPO at once.',
  novelty: 'Seen triples stand in train with the same words.',
  'relation frequency': 'Groups go by the number of training triples of the relation type.',
}
