/** The jobs of the workspace: long work that goes on without a window, whichever began it. */
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { JobView } from '#main/api/jobs'
import { isUnderWay } from '#main/jobs/job'
import { client, onAppEvent, onReconnect } from '#window/client.ts'
import { useToasts } from './toasts.ts'

/** Jobs that are listed: what is under way, and the latest that ended. */
const listed = 100

export const useJobsStore = defineStore('jobs', () => {
  const { attempt, show } = useToasts()
  const jobs = ref<readonly JobView[]>([])
  const total = ref(0)

  async function load(): Promise<void> {
    await attempt(async () => {
      const page = await client.jobs.list({ offset: 0, limit: listed })
      jobs.value = page.jobs
      total.value = page.total
    })
  }

  onReconnect(() => void load())
  onAppEvent((event) => {
    if (event.type === 'jobs-changed') void load()
    if (event.type !== 'job') return
    const { job } = event
    const before = jobs.value.find(({ jobId }) => jobId === job.jobId)
    // the list is in the order of the queue, which only the services know
    if (before?.state === job.state && job.state === 'running')
      jobs.value = jobs.value.map((each) => (each.jobId === job.jobId ? job : each))
    else void load()
    if (before && before.state !== job.state && (job.state === 'failed' || job.state === 'interrupted') && job.failure)
      show({ kind: 'error', message: `${job.title}: ${job.failure}` })
  })

  return {
    ...{ jobs, total, load },
    underWay: computed(() => jobs.value.filter(isUnderWay)),
    interrupted: computed(() => jobs.value.filter(({ state }) => state === 'interrupted' || state === 'paused')),
    find: (jobId: number | null): JobView | undefined => jobs.value.find((job) => job.jobId === jobId),
    pause: (jobId: number) => attempt(() => client.jobs.pause({ jobId })),
    resume: (jobId: number) => attempt(() => client.jobs.resume({ jobId })),
    cancel: (jobId: number) => attempt(() => client.jobs.cancel({ jobId })),
    move: (jobId: number, beforeId: number | null) => attempt(() => client.jobs.move({ jobId, beforeId })),
    forget: (jobId: number) => attempt(() => client.jobs.forget({ jobId })),
    forgetEnded: () => attempt(() => client.jobs.forgetEnded()),
  }
})
