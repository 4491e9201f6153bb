/** The charts of a comparison by name. */
export const chartKinds = {
  learning: 'Learning curves',
  loss: 'Losses',
  divergence: 'KL divergence',
  sweep: 'Sweep of a setting',
  breakdown: 'Breakdown',
  'precision-recall': 'Precision and recall',
  reliability: 'Reliability',
  confusion: 'Confusion',
} as const
export type ChartKind = keyof typeof chartKinds
