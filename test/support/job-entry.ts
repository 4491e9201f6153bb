/**
 * A program that begins a job in a workspace, or lets one go on, and kills itself at one of its writes to the database:
 * WORKSPACE CONFIG KIND begin|resume WRITE PREPARED. One that is not killed says how many writes there were.
 */
import { writeSync } from 'node:fs'
import { createProcessHost } from '#main/compute/host'
import { isUnderWay } from '#main/jobs/job'
import { openServices } from '#main/services/services'
import { jobActs, type JobAct, type Prepared } from './job-acts.ts'
import { killAtWrite } from './kill-at-write.ts'

const [workspace = '', config = '', kind = '', way = '', fatal = '', prepared = ''] = process.argv.slice(2)
const { handlers, close } = await openServices({ workspace, config, compute: createProcessHost() })
const jobs = async () => (await handlers.jobs.list({ offset: 0, limit: 20 })).jobs
const stopped = (await jobs()).find((job) => job.kind === kind && job.state === 'interrupted')
const writes = killAtWrite(Number(fatal))
// the kind and what is prepared come from the test
if (way === 'begin') await jobActs[kind as JobAct](handlers, JSON.parse(prepared) as Prepared)
else if (stopped) await handlers.jobs.resume({ jobId: stopped.jobId })
while ((await jobs()).some(isUnderWay)) await new Promise((resolve) => setTimeout(resolve, 20))
writeSync(1, `${writes()} writes`)
await close()
