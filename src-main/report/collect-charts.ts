/** The charts of a report: those of which a comparison has anything to draw. */
import type { Comparison } from '#main/api/comparisons'
import type { Client } from '#main/api/router'
import { breakdownBars } from '#main/comparison/charts/breakdown-bars'
import { isEmptyChart, type Chart } from '#main/comparison/charts/chart'
import type { ChartedRow } from '#main/comparison/charts/charted-run'
import { divergenceCurves, learningCurves, lossCurves } from '#main/comparison/charts/learning-curves'
import { precisionRecall, reliabilityChart, stringModeFor } from '#main/comparison/charts/probability-charts'
import { isNumber, modesOfSweep, sweepChart, sweptSettings, usualValueOf } from '#main/comparison/charts/sweep'
import type { ChartedRun } from '#main/comparison/charts/charted-run'

type Compared = Parameters<Client['comparisons']['scores']>[0]

export async function collectCharts(client: Client, compared: Compared, table: Comparison): Promise<Chart[]> {
  const { match, split } = compared
  const labels = table.rows.filter(({ each }) => each.length > 0).map(({ label }) => label)
  const rows = await rowsOf(client, compared, table)
  const breakdowns = await client.comparisons.breakdowns(compared)
  const probabilities = await client.comparisons.probabilities(compared)
  const mode = stringModeFor(match)
  return [
    ...sweepsOf(
      rows.flatMap(({ runs }) => runs),
      compared,
    ),
    ...breakdowns.map((breakdown) => breakdownBars(breakdown, labels, match)),
    ...[precisionRecall(probabilities, mode, split), reliabilityChart(probabilities, mode, split)],
    ...[learningCurves(rows, match), lossCurves(rows, 'total'), divergenceCurves(rows)],
  ].filter((chart) => !isEmptyChart(chart))
}

/** A sweep of every number that varies, the others held at the value that most runs have. */
function sweepsOf(runs: readonly ChartedRun[], { match, split }: Compared): Chart[] {
  const varying = sweptSettings(runs)
  return varying.filter(isNumber).flatMap(({ setting }) => {
    const others = varying.filter((one) => one.setting.name !== setting.name)
    const fixed = Object.fromEntries(others.map((one) => [one.setting.name, usualValueOf(runs, one)]))
    return sweepChart(runs, { name: setting.name, fixed, modes: modesOfSweep(match), split }) ?? []
  })
}

/** The rows of runs with their epochs and scores. */
async function rowsOf(client: Client, compared: Compared, { rows }: Comparison): Promise<ChartedRow[]> {
  const scores = new Map((await client.comparisons.scores(compared)).map((own) => [own.runId, own]))
  const found: ChartedRow[] = []
  for (const { label, kind, each } of rows) {
    if (kind !== 'variant') continue
    const runs: ChartedRun[] = []
    for (const { runId, name } of each) {
      const { run, points } = await client.runs.get({ runId })
      runs.push({ runId, name, config: run.config, points, scores: scores.get(runId) ?? null })
    }
    found.push({ label, runs })
  }
  return found
}
