/** Asks the compute worker which backends there are, and why each other one is passed over. */
import type { BackendReport } from '#main/api/views'
import type { ComputeHost } from '#main/worker/messages'

export async function probeCompute(
  compute: ComputeHost,
): Promise<{ backends: readonly BackendReport[]; chosen: string }> {
  for await (const event of compute.run({ kind: 'probe' }).events)
    if (event.type === 'probed') return { backends: event.backends, chosen: event.chosen }
  return { backends: [], chosen: 'none: the compute worker gave no answer' }
}
