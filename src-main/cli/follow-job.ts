/** Follows a job to its end. Ctrl+C pauses it, or cancels one that cannot go on later. */
import type { JobView } from '#main/api/jobs'
import { AppError } from '#main/core/errors'
import { isUnderWay } from '#main/jobs/job'
import type { Session } from './session.ts'

export interface FollowOptions {
  /** True where the job can go on later: what it reads is still there then. */
  readonly canGoOn: boolean
  /** Called after every change, one call at a time, and once more at the end. */
  readonly onChange?: () => Promise<void>
}

/** Milliseconds that a job may wait in the queue without a word. */
const quietMs = 1500

/** Says what a job waits for, where it waits. */
async function tellWaiting({ client, progress }: Session, jobId: number): Promise<void> {
  const { jobs } = await client.jobs.list({ offset: 0, limit: 100 })
  if (jobs.find((job) => job.jobId === jobId)?.state !== 'queued') return
  const before = jobs.filter(({ state }) => state === 'running').map(({ title }) => title)
  progress.line(
    `Job ${jobId} waits for ${before.join(', ') || 'the work before it'}; "jobs first ${jobId}" puts it before all that wait.`,
  )
}

/** Pauses a job, or cancels one that cannot go on later; one that has ended meanwhile stays as it is. */
export async function stopJob({ client }: Pick<Session, 'client'>, jobId: number, canGoOn: boolean): Promise<void> {
  await (canGoOn ? client.jobs.pause({ jobId }) : client.jobs.cancel({ jobId })).catch(() => undefined)
}

/** Resolves with the job when it is under way no more. */
export async function followJob(session: Session, jobId: number, options: FollowOptions): Promise<JobView> {
  const { client, interrupted, progress } = session
  const { promise: over, resolve } = Promise.withResolvers<void>()
  let isOver = false
  let told = 0
  const look = (job: JobView): void => {
    for (const note of job.notes.slice(told)) progress.line(note)
    told = job.notes.length
    if (isUnderWay(job)) return
    isOver = true
    resolve()
  }
  let changed: Promise<void> = Promise.resolve()
  let isChanging = false
  let isStale = false
  async function tellAll(): Promise<void> {
    while (isStale) {
      isStale = false
      await options.onChange?.()
    }
  }
  const tellChange = (): void => {
    isStale = true // a change that comes while another is told is told after it
    if (!options.onChange || isChanging) return
    isChanging = true
    changed = tellAll().finally(() => (isChanging = false))
    changed.catch(resolve) // it is thrown below
  }
  session.onEvent((event) => {
    if (event.type === 'extractions-changed' && !isOver) tellChange() // what was saved while nothing else goes on
    if (event.type !== 'job' || event.job.jobId !== jobId || isOver) return
    look(event.job)
    tellChange()
  })
  interrupted.addEventListener('abort', () => void stopJob(session, jobId, options.canGoOn))
  // it may have ended before the listener was there
  look(await client.jobs.get({ jobId }))
  const waiting = setTimeout(() => void tellWaiting(session, jobId), quietMs)
  await over.finally(() => clearTimeout(waiting))
  await changed
  await options.onChange?.()
  return client.jobs.get({ jobId })
}

/** @throws AppError unless the job is finished. It says what became of it and how to go on. */
export function refuseUnfinishedJob(job: JobView, session: Pick<Session, 'again'>): void {
  const { state, failure, title, jobId } = job
  if (state === 'finished') return
  const again = session.again(`jobs resume ${jobId}`)
  if (state === 'failed') throw new AppError('internal', `${title} failed: ${failure ?? 'no reason is known.'}`)
  if (state === 'interrupted' && failure !== null)
    throw new AppError('storage', `${title} stopped: ${failure} Resume with: ${again}`)
  throw new AppError(
    'cancelled',
    state === 'cancelled'
      ? `${title} was cancelled; what it did so far is kept.`
      : `${title} is ${state}; what it did so far is kept. Resume with: ${again}`,
  )
}
