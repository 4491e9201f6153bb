/** RunState: what the window knows about runs, and how an event changes it. */
import type { AppEvent } from '#main/api/events'
import type { MetricPoint, Run, RunProgress } from '#main/runs/run'

export interface RunState {
  readonly runs: readonly Run[]
  /** Points by run, ordered by epoch; only of runs that were opened or got a point from an event. */
  readonly points: ReadonlyMap<string, readonly MetricPoint[]>
  /** Progress by run; only of running runs. */
  readonly progress: ReadonlyMap<string, RunProgress>
}

export const emptyRunState: RunState = { runs: [], points: new Map(), progress: new Map() }

export function applyRunEvent(state: RunState, event: AppEvent): RunState {
  switch (event.type) {
    case 'run':
      return withRun(state, event.run)
    case 'run-progress':
      return { ...state, progress: new Map(state.progress).set(event.progress.runId, event.progress) }
    case 'run-point':
      return withPoint(state, event.runId, event.point)
    case 'run-removed':
      return {
        runs: state.runs.filter((run) => run.runId !== event.runId),
        points: without(state.points, event.runId),
        progress: without(state.progress, event.runId),
      }
    default:
      return state
  }
}

function withRun(state: RunState, run: Run): RunState {
  const isKnown = state.runs.some(({ runId }) => runId === run.runId)
  const runs = isKnown ? state.runs.map((known) => (known.runId === run.runId ? run : known)) : [...state.runs, run]
  const progress = run.status === 'running' ? state.progress : without(state.progress, run.runId)
  return { ...state, runs, progress }
}

/** Adds a point. A resumed run repeats epochs, so a point replaces the one of its epoch and all later ones. */
function withPoint(state: RunState, runId: string, point: MetricPoint): RunState {
  const earlier = (state.points.get(runId) ?? []).filter(({ epoch }) => epoch < point.epoch)
  return { ...state, points: new Map(state.points).set(runId, [...earlier, point]) }
}

function without<T>(map: ReadonlyMap<string, T>, key: string): ReadonlyMap<string, T> {
  return new Map([...map].filter(([own]) => own !== key))
}
