/** A probe: which backends there are, and why each other one is passed over. */
import { probeBackends } from '#main/backends/ladder'
import type { RunJob } from './job.ts'
import type { ProbeJob } from './messages.ts'

export const runProbeJob: RunJob<ProbeJob> = async function* () {
  yield { type: 'probed', ...(await probeBackends()) }
}
