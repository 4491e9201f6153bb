/** The compute worker of a machine that has WebAssembly and nothing else, and is only asked what it has. */
import { runProbeJob } from '#main/worker/probe-job'
import type { Job, WorkerEvent } from '#main/compute/messages'
import { openPort } from '#main/worker/port'
import { serveJobs } from '#main/worker/serve'

const port = openPort()
port.onRequest(serveJobs(runJob, port.post))

async function* runJob({ kind }: Job): AsyncGenerator<WorkerEvent> {
  if (kind !== 'probe') throw new Error(`only says what it has, but was asked to ${kind}`)
  for await (const event of runProbeJob()) {
    if (event.type !== 'probed') continue
    const backends = event.backends.map((backend) =>
      ['wasm', 'plain'].includes(backend.name) ? backend : { ...backend, isAvailable: false, reason: 'left out here' },
    )
    yield { ...event, backends }
  }
}
