/** The chart that is shown: made of the epochs of runs, of their scores, or of what the services count in predictions. */
import { computed } from 'vue'
import { breakdownBars, drawnGroups } from '#main/comparison/charts/breakdown-bars'
import type { Chart } from '#main/comparison/charts/chart'
import type { ChartedRow } from '#main/comparison/charts/charted-run'
import { confusionChart } from '#main/comparison/charts/confusion'
import { divergenceCurves, learningCurves, lossCurves } from '#main/comparison/charts/learning-curves'
import { precisionRecall, reliabilityChart, stringModeFor } from '#main/comparison/charts/probability-charts'
import { isNumber, modesOfSweep, sweepChart, sweptSettings, usualValueOf } from '#main/comparison/charts/sweep'
import { inSentence } from '#main/runs/check-setting'
import { useChartsStore } from '../stores/charts.ts'
import { useComparisonStore } from '../stores/comparison.ts'

export function useShownChart(rows: () => readonly ChartedRow[]) {
  const [charts, comparison] = [useChartsStore(), useComparisonStore()]
  const { choice } = charts

  const runs = computed(() =>
    rows().flatMap((row) => row.runs.map((run) => ({ ...run, scores: charts.scores?.get(run.runId) ?? null }))),
  )
  const sweeps = computed(() => sweptSettings(runs.value).filter(isNumber))
  const swept = computed(
    () =>
      sweeps.value.find(({ setting }) => setting.name === choice.setting)?.setting.name ??
      sweeps.value[0]?.setting.name,
  )
  /** Other settings that vary, each held at one value. */
  const held = computed(() =>
    sweptSettings(runs.value)
      .filter(({ setting }) => setting.name !== swept.value)
      .map((one) => ({
        name: one.setting.name as string,
        label: inSentence(one.setting.label),
        values: one.values.map(String),
        value: choice.fixed[one.setting.name] ?? usualValueOf(runs.value, one),
      })),
  )
  const epochsKnown = computed(() => rows().some(({ runs: own }) => own.some(({ points }) => points.length > 0)))

  const chart = computed((): Chart | null => {
    const { match, split } = comparison
    const mode = stringModeFor(match)
    const labels = comparison.table?.rows.filter(({ each }) => each.length > 0).map(({ label }) => label) ?? []
    switch (choice.kind) {
      case 'learning':
        return epochsKnown.value ? learningCurves(rows(), match, choice.isEachShown) : null
      case 'loss':
        return epochsKnown.value ? lossCurves(rows(), choice.loss) : null
      case 'divergence':
        return epochsKnown.value ? divergenceCurves(rows()) : null
      case 'sweep': {
        if (!swept.value || !charts.scores) return null
        const fixed = Object.fromEntries(held.value.map(({ name, value }) => [name, value]))
        return sweepChart(runs.value, { name: swept.value, fixed, modes: modesOfSweep(match), split })
      }
      case 'breakdown': {
        const found = charts.breakdowns?.find(({ name }) => name === choice.breakdown) ?? charts.breakdowns?.[0]
        return found ? breakdownBars(found, labels, match, choice.isWhole ? found.groups.length : drawnGroups) : null
      }
      case 'precision-recall':
        return charts.probabilities && precisionRecall(charts.probabilities, mode, split)
      case 'reliability':
        return charts.probabilities && reliabilityChart(charts.probabilities, mode, split)
      case 'confusion': {
        const name = comparison.memberName(choice.memberId)
        return (
          charts.confusion && confusionChart(charts.confusion[choice.confused], choice.confused, { name, split, mode })
        )
      }
    }
  })
  return { chart, sweeps, swept, held, isWaiting: computed(() => charts.isBusy || !chart.value) }
}
