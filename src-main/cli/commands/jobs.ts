/** espalier jobs: long work of the workspace, listed, paused, resumed, cancelled and put in order. */
import { InvalidArgumentError, type Command } from 'commander'
import type { JobView } from '#main/api/jobs'
import { toAppError } from '#main/api/client-errors'
import { canGoOn } from '#main/jobs/job'
import { countOf } from '#main/text/numbers'
import { formatTable } from '#main/text/aligned-table'
import { followExtraction } from '../follow-extraction.ts'
import { followJob, refuseUnfinishedJob } from '../follow-job.ts'
import { formatSeconds } from '../progress.ts'
import { withSession, type GlobalOptions } from '../session.ts'

const listed = 100

export function addJobs(program: Command): Command {
  const command = program
    .command('jobs')
    .description('list long work, what is under way first; pause, resume or cancel it')
    .action((options: GlobalOptions) =>
      withSession(options, async ({ client, print }) => {
        const { total, jobs } = await client.jobs.list({ offset: 0, limit: listed })
        const more = total > jobs.length ? `\n${total - jobs.length} older jobs are not listed.` : ''
        print(jobs, jobs.length === 0 ? 'There are no jobs.' : `${formatJobs(jobs)}${more}`)
      }),
    )
  const one = (name: string, description: string) =>
    command.command(name).description(description).argument('<job>', 'number of the job', jobNumber)
  one('pause', 'stop a job so that it can go on from where it is').action((jobId: number, _: object, self: Command) =>
    withSession(self.optsWithGlobals<GlobalOptions>(), async ({ client, print }) => {
      await client.jobs.pause({ jobId })
      print({ jobId }, `Job ${jobId} stops after what it is at.`)
    }),
  )
  one('resume', 'let a job go on from where it is, and follow it to its end').action(
    (jobId: number, _: object, self: Command) =>
      withSession(self.optsWithGlobals<GlobalOptions>(), async (session) => {
        await session.client.jobs.resume({ jobId })
        const extraction = (await session.client.extraction.list()).find((one) => one.jobId === jobId)
        if (extraction?.output === null) {
          session.progress.line('All its documents are written, those found before it stopped included.')
          return followExtraction(session, extraction, true)
        }
        const job = await followJob(session, jobId, { canGoOn: true })
        refuseUnfinishedJob(job, session)
        session.print(job, `${job.title} is finished.`)
      }),
  )
  one('cancel', 'stop a job for good; what an extraction found is kept').action(
    (jobId: number, _: object, self: Command) =>
      withSession(self.optsWithGlobals<GlobalOptions>(), async ({ client, print }) => {
        await client.jobs.cancel({ jobId })
        print({ jobId }, `Job ${jobId} is cancelled.`)
      }),
  )
  one('first', 'do a waiting job before all others that wait').action((jobId: number, _: object, self: Command) =>
    withSession(self.optsWithGlobals<GlobalOptions>(), async ({ client, print }) => {
      const { jobs } = await client.jobs.list({ offset: 0, limit: listed })
      const next = jobs.find((job) => job.state === 'queued' && job.jobId !== jobId)
      await client.jobs.move({ jobId, beforeId: next?.jobId ?? null })
      print({ jobId }, `Job ${jobId} is the next.`)
    }),
  )
  one('forget', 'take a job that is over out of the list').action((jobId: number, _: object, self: Command) =>
    withSession(self.optsWithGlobals<GlobalOptions>(), async ({ client, print }) => {
      await client.jobs.forget({ jobId }).catch((error: unknown) => Promise.reject(toAppError(error)))
      print({ jobId }, `Job ${jobId} is out of the list.`)
    }),
  )
  command
    .command('clear')
    .description('take all jobs out of the list that were finished or cancelled')
    .action((_: object, self: Command) =>
      withSession(self.optsWithGlobals<GlobalOptions>(), async ({ client, print }) => {
        const removed = await client.jobs.forgetEnded()
        print({ removed }, `${countOf(removed, 'job')} taken out of the list.`)
      }),
    )
  return command
}

function jobNumber(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('expected the number that "espalier jobs" lists')
}

function formatJobs(jobs: readonly JobView[]): string {
  const rows = jobs.map((job) => {
    const { jobId, title, state, done, total, progress, failure } = job
    const share = total === null || total === 0 ? null : `${Math.floor(((progress?.done ?? done) / total) * 100)} %`
    const left = progress?.secondsLeft
    const words = failure ?? (left === null || left === undefined ? '' : `${formatSeconds(left)} left`)
    return [
      jobId,
      title,
      state,
      share,
      `${words}${canGoOn(job) && failure === null ? (job.needs ?? 'can be resumed') : ''}`,
    ]
  })
  return formatTable(['job', 'title', 'state', 'done', ''], rows)
}
