/** Long calls that Ctrl+C stops: the service is asked to stop, and its answer says what became of the work. */
import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { AppError } from '#main/core/errors'
import type { Session } from './session.ts'

const pauseMs = 100

/**
 * `call` begins the work under the id it is given, by which it can be cancelled.
 * @throws AppError 'cancelled' when Ctrl+C came before it.
 */
export async function cancellable<T>(
  { client, interrupted }: Pick<Session, 'client' | 'interrupted'>,
  call: (taskId: string) => Promise<T>,
): Promise<T> {
  if (interrupted.aborted) throw new AppError('cancelled', 'Cancelled before anything was begun.')
  const taskId = randomUUID()
  let isOver = false
  /** Until the task is there to be cancelled, or the call is over. */
  const cancel = async (): Promise<void> => {
    const ask = (): Promise<boolean> =>
      client.system.cancelTask({ taskId }).then(
        () => true,
        () => false,
      )
    while (!isOver && !(await ask())) await wait(pauseMs)
  }
  interrupted.addEventListener('abort', () => void cancel())
  try {
    return await call(taskId)
  } finally {
    isOver = true
  }
}
