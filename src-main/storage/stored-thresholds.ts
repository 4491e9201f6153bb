/** Tuned thresholds as the column of a run holds them. */
import type { TunedThresholds } from '#main/evaluation/tune-thresholds'
import type { RunConfig } from '#main/runs/config'

/** Thresholds that an earlier version tuned lack the common one: types without one of their own kept that of the config. */
export function readThresholds(
  text: string | null,
  { training }: { readonly training: Pick<RunConfig['training'], 'threshold'> },
): TunedThresholds | null {
  if (text === null) return null
  const stored = JSON.parse(text) as Omit<TunedThresholds, 'usual'> & Partial<TunedThresholds> // written by RunRepository
  return { usual: training.threshold, ...stored }
}
