/** Sweeps: F1 over the values of a setting that varies among the runs, as in Figure 3 of the PMEI paper. */
import { matchModes, type MatchMode } from '#main/evaluation/match-mode'
import { inSentence } from '#main/runs/check-setting'
import { valueIn } from '#main/runs/run-settings'
import type { Setting } from '#main/runs/setting'
import { settings } from '#main/runs/settings'
import { enumerate } from '#main/text/enumeration'
import { bandAt, bandBounds } from './band.ts'
import type { ChartSeries, SeriesChart } from './chart.ts'
import type { ChartedRun } from './charted-run.ts'

/** A setting of which the runs have several values. */
export interface Swept {
  readonly setting: Setting
  /** Its values, the smallest first, each as `valueIn` gives it. */
  readonly values: readonly (string | number | boolean)[]
}

const isSweepable = ({ part }: Setting): boolean => part !== 'seed' && part !== 'machine'

/** The settings that vary among runs, numbers first. */
export function sweptSettings(runs: readonly ChartedRun[]): Swept[] {
  const varying = settings.filter(isSweepable).flatMap((setting): Swept[] => {
    const values = [...new Set(runs.flatMap(({ config }) => valueIn(config, setting) ?? []))]
    return values.length < 2 ? [] : [{ setting, values: values.toSorted(byValue) }]
  })
  return varying.toSorted((a, b) => Number(isNumber(b)) - Number(isNumber(a)))
}

const byValue = (a: string | number | boolean, b: string | number | boolean): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), 'en')

export const isNumber = ({ values }: Swept): boolean => values.every((value) => typeof value === 'number')

/** The value of a setting that most runs have, which is where the others are swept. */
export function usualValueOf(runs: readonly ChartedRun[], { setting, values }: Swept): string {
  const count = (value: unknown): number => runs.filter(({ config }) => valueIn(config, setting) === value).length
  return String(values.toSorted((a, b) => count(b) - count(a))[0])
}

export interface SweepChoice {
  readonly name: string
  /** Values as text at which other varying settings are held, by name. */
  readonly fixed: Readonly<Record<string, string>>
  readonly modes: readonly MatchMode[]
  readonly split: string
}

/** Null where the setting does not vary. Modes share the hue of a variant and differ by their line. */
export function sweepChart(
  runs: readonly ChartedRun[],
  { name, fixed, modes, split }: SweepChoice,
): SeriesChart | null {
  const varying = sweptSettings(runs)
  const swept = varying.find(({ setting }) => setting.name === name)
  if (!swept || !isNumber(swept)) return null
  const others = varying.filter(({ setting }) => setting.name !== name && fixed[setting.name] !== undefined)
  const taken = runs.filter(({ config }) =>
    others.every(({ setting }) => String(valueIn(config, setting)) === fixed[setting.name]),
  )
  const values = swept.values.map(Number)
  const isLog = values.every((value) => value > 0) && Math.max(...values) / Math.min(...values) >= 30
  const label = inSentence(swept.setting.label)
  const held = others.map(({ setting }) => `${inSentence(setting.label)} ${fixed[setting.name]}`)
  const rows = [...Map.groupBy(taken, ({ config }) => config.variant)]
  return {
    ...{ kind: 'lines', name: `sweep-${name}`, bounds: bandBounds },
    title: `F1 on ${split} by ${label}${held.length === 0 ? '' : `, with ${enumerate(held)}`}`,
    x: { label, scale: isLog ? 'log' : 'linear', least: Math.min(...values), most: Math.max(...values) },
    y: { label: 'F1 in percent', scale: 'linear', neverBelow: 0 },
    series: rows.flatMap(([variant, own], hue) =>
      modes.map((mode, at): ChartSeries => ({
        ...{ name: `${variant}, ${mode}`, hue, line: lines[at % lines.length] ?? 'solid' },
        points: values.flatMap((value) => {
          const found = own.filter(({ config }) => valueIn(config, swept.setting) === value)
          const scores = found.flatMap(({ scores: own }) => (own ? 100 * own.triples[mode].f1 : []))
          return scores.length === 0 ? [] : [bandAt(value, scores)]
        }),
      })),
    ),
    notes: [
      'Points are means over the runs with that value, bands one standard deviation (n − 1) to either side; a value with one run has none.',
      held.length === 0 ? 'No other setting varies.' : `Held: ${enumerate(held)}.`,
    ],
  }
}

const lines = ['solid', 'dashed', 'dotted'] as const

/** The match modes of the paper's figure, and the one of the table where it is another. */
export function modesOfSweep(match: MatchMode): MatchMode[] {
  return matchModes.filter((mode) => mode === 'exact' || mode === 'partial' || mode === match)
}
