/** Long work on a workspace, shown as a task that can be cancelled. */
import { AppError } from '#main/core/errors'
import type { ServiceContext } from '../context.ts'

interface Asked {
  readonly taskId: string
  readonly title: string
  /** That of the call. */
  readonly signal: AbortSignal | undefined
}

/** Tells the share that is done, 0 to 1, and what is being done. */
export type Tell = (share: number, what: string) => void

/** @throws AppError 'cancelled' when somebody asked for its end; what `work` throws. */
export async function asTask<T>(
  { tasks }: Pick<ServiceContext, 'tasks'>,
  { taskId, title, signal }: Asked,
  work: (stop: AbortSignal, tell: Tell) => Promise<T>,
): Promise<T> {
  const cancel = new AbortController()
  const stop = signal ? AbortSignal.any([signal, cancel.signal]) : cancel.signal
  const task = tasks.begin({ taskId, kind: 'workspace', title, detail: '', fraction: 0, secondsLeft: null }, () =>
    cancel.abort(),
  )
  try {
    const result = await work(stop, (fraction, detail) => task.update({ fraction, detail }))
    task.finish('finished')
    return result
  } catch (error) {
    const told = stop.aborted ? new AppError('cancelled', 'Cancelled. Nothing was changed.') : error
    task.finish(stop.aborted ? 'cancelled' : 'failed', told instanceof Error ? told.message : String(told))
    throw told
  }
}
