/**
 * A process that opens a workspace, lets its latest job go on, and says at its end how that stands. It may be asked to kill itself some
 * milliseconds after it began to work, or after its job saved how far it is: nobody else could be so exact on a busy machine.
 */
import { writeSync } from 'node:fs'
import { createProcessHost } from '#main/compute/host'
import { isUnderWay } from '#main/jobs/job'
import { openServices } from '#main/services/services'

const [workspace = '', config = '', fatal = '', afterMs = '0'] = process.argv.slice(2)
const say = (word: string): void => {
  if (word === fatal) setTimeout(() => process.kill(process.pid, 'SIGKILL'), Number(afterMs))
}

const { handlers, close } = await openServices({ workspace, config, compute: createProcessHost() })
const events = await handlers.system.events()
const [job] = (await handlers.jobs.list({ offset: 0, limit: 1 })).jobs
const jobId = job?.jobId ?? 0
if (job?.state === 'interrupted') await handlers.jobs.resume({ jobId })
say('begun')
let done = job?.done ?? 0
if (isUnderWay(await handlers.jobs.get({ jobId })))
  for await (const event of events) {
    if (event.type !== 'job') continue
    if (event.job.done > done) say('saved')
    done = event.job.done
    if (!isUnderWay(event.job)) break
  }
writeSync(1, `${(await handlers.jobs.get({ jobId })).state}\n`)
await close()
