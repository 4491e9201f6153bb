/** A probe: which backends there are, and why each other one is passed over. */
import { probeBackends } from '#main/backends/ladder'
import type { WorkerEvent } from '#main/compute/messages'

export async function* runProbeJob(): AsyncGenerator<WorkerEvent> {
  yield { type: 'probed', ...(await probeBackends()) }
}
