/**
 * Compute host with pages beside its processes: where Node reaches no graphics card but a window does, jobs run there.
 */
import { describeInPage } from '#main/backends/webgpu-adapter'
import type { BackendName } from '#main/runs/backend-name'
import { openComputePage, type ComputePage } from './compute-page.ts'
import type { ComputeHost, Job, JobHandle, ProbedBackend, WorkerEvent } from './messages.ts'
import type { PageChannel } from './page-channel.ts'

export interface PageHost extends ComputeHost {
  /** Connects a page, which takes jobs once it reports a graphics card; without one it is closed. */
  connect(channel: PageChannel): void
}

interface ReadyPage {
  readonly page: ComputePage
  readonly card: string
}

type Probed = Extract<WorkerEvent, { type: 'probed' }>

export function createPageHost(threads: ComputeHost): PageHost {
  const open = new Set<ComputePage>()
  let ready: readonly ReadyPage[] = []
  let probing: Promise<readonly ProbedBackend[]> | null = null
  /** backends that the processes can use; known before the first page is ready */
  let ofThreads: readonly ProbedBackend[] = []
  const has = (name: BackendName): boolean => ofThreads.some((backend) => backend.name === name && backend.isAvailable)

  async function takeIn(page: ComputePage, card: string | null): Promise<void> {
    if (card === null) return page.close()
    ofThreads = await (probing ??= probe(threads))
    if (!open.has(page)) return
    // a card that Node reaches itself depends on no window
    if (has('webgpu')) page.close()
    else ready = [...ready, { page, card }]
  }

  function pageFor(job: Job): ReadyPage | undefined {
    if (job.kind === 'probe') return undefined
    const wantsPage = job.backend === 'webgpu' || (job.backend === 'auto' && !has('tensorflow-gpu'))
    return wantsPage ? ready.at(-1) : undefined
  }

  return {
    connect(channel) {
      const page = openComputePage(channel, {
        onHello: (card) =>
          void takeIn(page, card).catch(() => {
            probing = null
            page.close()
          }),
        onGone() {
          open.delete(page)
          ready = ready.filter((other) => other.page !== page)
        },
      })
      open.add(page)
    },
    run(job) {
      if (job.kind === 'probe') return withPage(threads.run(job), () => ready.at(-1))
      return pageFor(job)?.page.run({ ...job, backend: 'webgpu' }) ?? threads.run(job)
    },
    async close() {
      for (const page of open) page.close()
      await threads.close()
    },
  }
}

async function probe(threads: ComputeHost): Promise<readonly ProbedBackend[]> {
  for await (const event of threads.run({ kind: 'probe' }).events) if (event.type === 'probed') return event.backends
  return []
}

/** The same probe, in which a page's graphics card counts as one that Node reaches. */
function withPage({ events, ...handle }: JobHandle, page: () => ReadyPage | undefined): JobHandle {
  async function* changed(): AsyncGenerator<WorkerEvent> {
    for await (const event of events) {
      const found = page()
      yield event.type === 'probed' && found ? addPage(event, found) : event
    }
  }
  return { ...handle, events: changed() }
}

function addPage({ type, backends, chosen }: Probed, { card }: ReadyPage): Probed {
  return {
    type,
    backends: backends.map((backend) =>
      backend.name === 'webgpu' ? { ...backend, isAvailable: true, reason: describeInPage(card) } : backend,
    ),
    chosen: chosen === 'tensorflow-gpu' ? chosen : 'webgpu',
  }
}
