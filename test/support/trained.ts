/** A run that was trained for an epoch on the tiny corpus, by which it guesses, or until it finds something. */
import { runRequest } from '#main/api/runs'
import type { Services } from '#main/services/services'

export const forAnEpoch = {
  model: { wordDimension: 4, hidden: 4 },
  training: { epochs: 1, batchSize: 12, outputBias: 'random' },
}

/** Trained so that it finds triples in sentences like those of the tiny corpus. */
export const untilItFinds = {
  model: { wordDimension: 24, hidden: 24 },
  training: { epochs: 14, batchSize: 12, learningRate: 0.01, threshold: 0.1, outputBias: 'random', wordRate: 1 },
}

export async function trainTiny(
  { handlers }: Pick<Services, 'handlers'>,
  corpusId: number,
  settings: Readonly<Record<string, unknown>> = forAnEpoch,
): Promise<string> {
  const asked = runRequest.parse({
    ...{ corpusId, variants: ['mtl'], seeds: [1], backend: 'wasm', threads: 1 },
    ...settings,
  })
  const events = await handlers.system.events()
  const [run] = await handlers.runs.start(asked)
  for await (const event of events)
    if (event.type === 'run' && event.run.status !== 'queued' && event.run.status !== 'running') break
  return run?.runId ?? ''
}
