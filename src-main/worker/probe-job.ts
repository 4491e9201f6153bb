/** Probe job: lists the backends, with the reason why each can or cannot be used. */
import { probeBackends } from '#main/backends/ladder'
import type { WorkerEvent } from '#main/compute/messages'

export async function* runProbeJob(): AsyncGenerator<WorkerEvent> {
  yield { type: 'probed', ...(await probeBackends()) }
}
