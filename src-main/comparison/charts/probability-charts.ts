/** Precision against recall over thresholds, and reliability: whether triples of a probability are right as often as it says. */
import type { LabelledSentence } from '#main/document/labelled-sentence'
import type { Prediction } from '#main/document/prediction'
import { shareOf } from '#main/evaluation/binomial-interval'
import type { MatchMode } from '#main/evaluation/match-mode'
import { isStringMode, type StringMode } from '#main/evaluation/match-strings'
import { reliabilityOf, type ReliabilityBin } from '#main/evaluation/reliability'
import { goldByRelation, tripleGuesses } from '#main/evaluation/triple-guesses'
import type { ChartPoint, SeriesChart } from './chart.ts'

/** Probabilities and confusion are of strings; the other modes take the one that is nearest. */
export function stringModeFor(match: MatchMode): StringMode {
  if (isStringMode(match)) return match
  return match === 'cell-any' ? 'partial' : 'exact'
}

/** Counts of the guesses from a threshold on. */
export interface ThresholdCounts {
  readonly threshold: number
  readonly predicted: number
  readonly correct: number
}

/** Figures of how far the probabilities of one run can be believed on a split. */
export interface RunProbabilities {
  readonly gold: number
  readonly counts: readonly ThresholdCounts[]
  readonly bins: readonly ReliabilityBin[]
}

/** Thresholds of the curve: twentieths, and 0.99 where precision still grows. */
export const curveThresholds = [...Array.from({ length: 19 }, (_, at) => (at + 1) / 20), 0.99]

/** @param predictions in the order of the sentences. */
export function runProbabilities(
  sentences: readonly LabelledSentence[],
  predictions: readonly (Prediction | null)[],
  mode: StringMode,
): RunProbabilities {
  const guesses = tripleGuesses(sentences, predictions, mode)
  return {
    gold: [...goldByRelation(sentences, mode).values()].reduce((sum, count) => sum + count, 0),
    counts: curveThresholds.map((threshold) => {
      const taken = guesses.filter(({ probability }) => probability >= threshold)
      return { threshold, predicted: taken.length, correct: taken.filter(({ isRight }) => isRight).length }
    }),
    bins: reliabilityOf(guesses).bins,
  }
}

/** A row of the comparison with what the probabilities of its runs are worth. */
export interface ProbableRow {
  readonly label: string
  readonly runs: readonly RunProbabilities[]
}

const percent = { scale: 'linear', least: 0, most: 100 } as const

export function precisionRecall(rows: readonly ProbableRow[], mode: StringMode, split: string): SeriesChart {
  return {
    ...{ kind: 'lines', name: 'precision-recall', title: `Precision by recall on ${split}, ${mode}` },
    x: { label: 'recall in percent', ...percent },
    y: { label: 'precision in percent', ...percent },
    atLabel: 'threshold',
    series: rows.map(({ label, runs }, hue) => ({
      ...{ name: label, hue, line: 'solid' as const },
      points: curveThresholds.flatMap((threshold, at): ChartPoint[] => {
        const found = runs.flatMap(({ counts, gold }) => {
          const own = counts[at]
          return own && own.predicted > 0 && gold > 0 ? [{ ...own, gold }] : []
        })
        const mean = (of: (one: (typeof found)[number]) => number): number =>
          (100 * found.reduce((sum, one) => sum + of(one), 0)) / found.length
        if (found.length === 0) return []
        return [
          { x: mean((one) => one.correct / one.gold), y: mean((one) => one.correct / one.predicted), at: threshold },
        ]
      }),
    })),
    notes: [
      'Each point is one threshold for all relation types, from 0.05 to 0.99; means over the runs of a row. Thresholds of single relation types are left aside.',
    ],
  }
}

export function reliabilityChart(rows: readonly ProbableRow[], mode: StringMode, split: string): SeriesChart {
  const ends: readonly ChartPoint[] = [
    { x: 0, y: 0 },
    { x: 100, y: 100 },
  ]
  return {
    ...{ kind: 'lines', name: 'reliability', title: `Reliability on ${split}, ${mode}` },
    x: { label: 'stated probability in percent', ...percent },
    y: { label: 'right in percent', ...percent },
    atLabel: 'guesses',
    bounds: ['interval from', 'interval to'],
    series: [
      ...rows.map(({ label, runs }, hue) => ({
        ...{ name: label, hue, line: 'solid' as const },
        points: pooledBins(runs).flatMap(({ count, right, meanProbability }): ChartPoint[] => {
          const { share, low, high } = shareOf(right, count)
          const place = { x: 100 * meanProbability, at: count }
          return count === 0 ? [] : [{ ...place, y: 100 * share, low: 100 * low, high: 100 * high }]
        }),
      })),
      { name: 'as often as stated', hue: -1, line: 'dotted', points: ends, isGuide: true },
    ],
    notes: [
      'Guesses from probability 0.05 on, of all runs of a row, in ten bins; bands are Wilson’s 95 % intervals. Above the diagonal a model is more often right than it states.',
    ],
  }
}

function pooledBins(runs: readonly RunProbabilities[]): ReliabilityBin[] {
  return (runs[0]?.bins ?? []).map(({ from, to }, at) => {
    const own = runs.flatMap(({ bins }) => bins[at] ?? [])
    const sum = (of: (bin: ReliabilityBin) => number): number => own.reduce((total, bin) => total + of(bin), 0)
    const count = sum((bin) => bin.count)
    const stated = sum((bin) => bin.meanProbability * bin.count)
    return { from, to, count, right: sum((bin) => bin.right), meanProbability: count === 0 ? 0 : stated / count }
  })
}
