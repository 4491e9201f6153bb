/** Events that the main side pushes after it has written the state. A window that missed some asks again by query. */
import type { JobView } from './jobs.ts'
import type { Soundness } from './workspaces.ts'
import type { MetricPoint, Run, RunProgress } from '#main/runs/run'

export interface Task {
  readonly taskId: string
  readonly kind:
    | 'import'
    | 'export'
    | 'training'
    | 'extraction'
    | 'evaluation'
    | 'statistics'
    | 'workspace'
    | 'split'
    | 'labels'
    | 'prediction'
  /** For example "import nyt.json" or "pmei seed 2". */
  readonly title: string
  /** For example "epoch 14 of 40, dev F1 0.781". */
  readonly detail: string
  /** Share of the work that is done, 0 to 1; null when unknown. */
  readonly fraction: number | null
  readonly secondsLeft: number | null
  readonly state: 'running' | 'finished' | 'failed' | 'cancelled'
  readonly runId?: string | undefined
}

export type AppEvent =
  | { readonly type: 'task'; readonly task: Task }
  | { readonly type: 'run'; readonly run: Run }
  | { readonly type: 'run-progress'; readonly progress: RunProgress }
  | { readonly type: 'run-point'; readonly runId: string; readonly point: MetricPoint }
  | { readonly type: 'run-removed'; readonly runId: string }
  | { readonly type: 'corpora-changed' }
  | { readonly type: 'filters-changed'; readonly corpusId: number }
  | { readonly type: 'annotation-changed'; readonly sentenceId: number }
  | { readonly type: 'extractions-changed' }
  /** A job changed, or how far it is. */
  | { readonly type: 'job'; readonly job: JobView }
  /** A job was taken out of the list. */
  | { readonly type: 'jobs-changed' }
  | { readonly type: 'bin-changed' }
  | { readonly type: 'backups-changed' }
  | { readonly type: 'soundness'; readonly soundness: Soundness }
  /** A sentence for the person about something the program did by itself; the notes of the run hold it too. */
  | { readonly type: 'notice'; readonly message: string; readonly runId: string | null }
