/** Figures as people read them: scores in percent, counts with separators, durations, memory, dates. */

import type { VectorCoverage } from '#main/api/runs'
import type { SpreadScores } from '#main/evaluation/mean'
import { selectionOf, type Run } from '#main/runs/run'
import { countOf, formatCount } from '#main/text/numbers'

export { countOf, formatCount }

/** 0.7814 → "78.1". */
export function formatScore(score: number): string {
  return (100 * score).toFixed(1)
}

/** A share in per cent: 0.7814 → "78.1 %". */
export function formatPercent(share: number): string {
  return `${formatScore(share)} %`
}

/** The number of a run's notes to put after another text, as in ", 2 notes"; empty when it has none. */
export function countNotes({ notes = [] }: Pick<Run, 'notes'>): string {
  return notes.length === 0 ? '' : `, ${notes.length} ${notes.length === 1 ? 'note' : 'notes'}`
}

/** "dev exact F1 78.1": the score that selects the epoch, by its name; null before the first epoch. */
export function describeBest({ bestDev, config }: Pick<Run, 'bestDev' | 'config'>): string | null {
  return bestDev && `dev ${selectionOf(config.model.tasks)} F1 ${formatScore(bestDev.f1)}`
}

/** The share of the train split's words that word vectors cover: "1,204 of 1,581 (97.3 % of the text)". */
export function formatCoverage({ words, covered, tokenShare }: VectorCoverage): string {
  return `${formatCount(covered)} of ${formatCount(words)} (${formatScore(tokenShare)} % of the text)`
}

/** Mean and standard deviation in per cent: "88.1 ± 0.24". */
export function formatSpread({ mean, deviation }: SpreadScores): string {
  return `${formatScore(mean)} ± ${(100 * (deviation ?? 0)).toFixed(2)}`
}

/** A loss with three significant digits and, where it needs one, an exponent, since losses span many powers of ten. */
export function formatLoss(loss: number): string {
  if (loss === 0) return '0'
  const size = Math.abs(loss)
  return size >= 1e4 || size < 1e-3 ? loss.toExponential(1) : loss.toPrecision(3)
}

/** Seconds → "0.4 s", "42 s", "3:12", "1:02:05". */
export function formatDuration(seconds: number): string {
  if (seconds < 59.5) return `${seconds < 9.95 ? seconds.toFixed(1) : Math.round(seconds)} s`
  const whole = Math.max(0, Math.round(seconds))
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const shown = parts[0] === 0 ? parts.slice(1) : parts
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':')
}

/** Seconds that are only estimated → "less than a second", "about 42 s". */
export function formatRoughly(seconds: number): string {
  return seconds < 1 ? 'less than a second' : `about ${formatDuration(seconds)}`
}

/** Megabytes → "350 MB", "1.2 GB". */
export function formatMemory(megabytes: number): string {
  return megabytes < 1000 ? `${Math.round(megabytes)} MB` : `${(megabytes / 1000).toFixed(1)} GB`
}
