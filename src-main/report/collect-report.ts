/** Collects a report from the services: the table, its charts, the sentences that were chosen, and a card for each run. */
import type { Client } from '#main/api/router'
import type { ComparisonView } from '#main/comparison/saved-comparison'
import { AppError } from '#main/core/errors'
import { cardOfRun } from './card-of-run.ts'
import { collectCharts } from './collect-charts.ts'
import { collectDiffs } from './collect-diffs.ts'
import type { Report, ReportCard } from './report.ts'

export interface ReportRequest {
  readonly title: string
  readonly view: ComparisonView
  /** Told what is done next. */
  readonly tell?: (what: string) => void
}

/** @throws AppError where nothing of what is compared is scored on the split. */
export async function collectReport(
  client: Client,
  { title, view, tell = () => undefined }: ReportRequest,
): Promise<Report> {
  const { runIds, systemIds, match, split, names, thresholds, build, baselineId } = view
  const compared = { runIds: [...runIds], systemIds: [...systemIds], match, split, names, thresholds }
  tell('the table')
  const table = await client.comparisons.table({ ...compared, ...(build !== null && { build }) })
  if (table.rows.every(({ each }) => each.length === 0))
    throw new AppError(
      'invalid-input',
      `Nothing of "${title}" is scored on ${split}: score it there, or choose another split.`,
    )
  tell('the tests of differences')
  const differences = await client.comparisons.differences({ ...compared, ...(baselineId !== null && { baselineId }) })
  const { versions } = await client.system.doctor()
  tell('the charts')
  const charts = await collectCharts(client, compared, table)
  tell('the sentences')
  const diffs = await collectDiffs(client, view, table, differences.baseline)
  tell('the run cards')
  const cards: ReportCard[] = []
  const scored = table.rows.flatMap(({ each }) => each).filter(({ runId }) => runIds.includes(runId))
  for (const { runId, name } of scored) cards.push({ name, text: (await cardOfRun(client, runId, split)).text })
  return {
    ...{ title, madeMs: Date.now(), charts, diffs, cards },
    program: `Espalier ${versions['espalier'] ?? ''}`.trim(),
    written: { table, differences, view },
  }
}
