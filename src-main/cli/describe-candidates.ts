/** The candidates of an experiment as a table, with the mean of their F1 on dev. */
import type { ExperimentDetail } from '#main/api/experiments'
import { formatTable } from '#main/text/aligned-table'

export function describeCandidates({ candidates }: Pick<ExperimentDetail, 'candidates'>): string {
  const hasTrials = candidates.some(({ trial }) => trial !== '')
  const head = ['variant', ...(hasTrials ? ['settings'] : []), 'runs', 'finished', 'dev F1', 'SD']
  const rows = candidates.map(({ variant, trial, runs, dev }) => [
    variant,
    ...(hasTrials ? [trial] : []),
    runs.length,
    runs.filter(({ status }) => status === 'finished').length,
    dev && (100 * dev.mean).toFixed(1),
    dev?.deviation == null ? null : (100 * dev.deviation).toFixed(1),
  ])
  return formatTable(head, rows)
}
