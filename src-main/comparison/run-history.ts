/** The history of a run as JSON lines, which any tracker of experiments can take: the run, a line for each epoch, how it ended. */
import type { Json } from '#main/core/json'
import { matchModes } from '#main/evaluation/match-mode'
import type { Scores } from '#main/evaluation/scores'
import { scoresIn, type MetricPoint, type Run } from '#main/runs/run'
import { settingsOfRun } from '#main/runs/run-settings'

export function historyLines(run: Run, points: readonly MetricPoint[]): string {
  const { runId, name, note, tags = [], config, data, fromRunId, createdMs, status, bestEpoch, finishedMs } = run
  const params = {
    ...{ variant: config.variant, preset: config.preset, vectors: config.vectors?.sha256 ?? null },
    ...Object.fromEntries(settingsOfRun(config).map(({ setting, value }) => [setting.name, value])),
    ...{ corpus: data.corpusName, trainSha256: data.splits.train.sha256 },
  }
  const lines: readonly Json[] = [
    { type: 'run', runId, name, note, tags: [...tags], fromRunId, createdMs, params },
    ...points.map((point) => ({ type: 'epoch', epoch: point.epoch, step: point.step, metrics: metricsOf(point) })),
    { type: 'end', status, bestEpoch, finishedMs },
  ]
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('')
}

/** Metrics by the names that trackers group by: "loss/total", "dev/exact/f1". */
function metricsOf(point: MetricPoint): Record<string, number> {
  const scores = (name: string, own: Scores | undefined): [string, number][] =>
    own ? (['precision', 'recall', 'f1'] as const).map((part) => [`dev/${name}/${part}`, own[part]]) : []
  return Object.fromEntries([
    ...Object.entries(point.losses).map(([part, loss]): [string, number] => [`loss/${part}`, loss]),
    ...matchModes.flatMap((mode) => scores(mode, scoresIn(point.dev, mode))),
    ...scores('entities', point.devEntities),
    ['seconds', point.seconds],
    ['memoryMb', point.memoryMb],
  ])
}
