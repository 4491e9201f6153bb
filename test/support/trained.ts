/** A run that was trained for an epoch on the tiny corpus. */
import { runRequest } from '#main/api/runs'
import type { Services } from '#main/services/services'

export async function trainTiny({ handlers }: Pick<Services, 'handlers'>, corpusId: number): Promise<string> {
  const asked = runRequest.parse({
    ...{ corpusId, variants: ['mtl'], seeds: [1], backend: 'wasm', threads: 1 },
    model: { wordDimension: 4, hidden: 4 },
    training: { epochs: 1, batchSize: 12 },
  })
  const events = await handlers.system.events()
  const [run] = await handlers.runs.start(asked)
  for await (const event of events)
    if (event.type === 'run' && event.run.status !== 'queued' && event.run.status !== 'running') break
  return run?.runId ?? ''
}
