/** The time of training: why it ends, and how long it may still take. */
import { isExhausted, isTimeUsed, secondsOf } from '#main/runs/selection'
import type { MetricPoint } from '#main/runs/run'
import type { TrainingConfig } from '#main/runs/setting-values'
import type { Task } from '#main/runs/variant'
import type { EndReason } from './job.ts'

/** Why training ends after these epochs; null where it goes on. */
export function endReason(
  points: readonly MetricPoint[],
  tasks: readonly Task[],
  { epochs, patience, minutes }: Pick<TrainingConfig, 'epochs' | 'patience' | 'minutes'>,
): EndReason | null {
  if (isExhausted(points, tasks, patience)) return 'early-stop'
  if (points.length >= epochs) return 'epochs'
  return points.length > 0 && isTimeUsed(points, minutes) ? 'time' : null
}

/** The note of a run that ended for its time. */
export function tellTime({ minutes, epochs }: TrainingConfig, done: number, best: number): string {
  const allowed = `${minutes.toLocaleString('en')} ${minutes === 1 ? 'minute' : 'minutes'}`
  return `Training stopped after epoch ${done} of ${epochs}: its ${allowed} were used. Epoch ${best} is kept, the best so far.`
}

interface StepsLeft {
  readonly inEpoch: number
  readonly inAll: number
  /** Seconds that the steps of the present epoch have taken. */
  readonly seconds: number
}

export interface Clock {
  /** Estimate from the time of all steps so far, evaluation included, and from the minutes of the run; null after too few steps. */
  secondsLeft(training: TrainingConfig, points: readonly MetricPoint[], left: StepsLeft): number | null
}

const stepsToJudgeBy = 5

export function startClock(): Clock {
  const startedMs = performance.now()
  let done = 0
  return {
    secondsLeft({ minutes }, points, { inEpoch, inAll, seconds }) {
      done++
      if (done < stepsToJudgeBy) return null
      const perStep = (performance.now() - startedMs) / 1000 / done
      const all = perStep * inAll
      if (minutes === 0) return all
      const allowed = 60 * minutes - secondsOf(points) - seconds
      return Math.min(all, Math.max(allowed, perStep * inEpoch)) // the epoch that reaches the limit is finished
    },
  }
}
