/** A text that a person does not wait for any more is not worked on either, however long its sentences are. */
import { describe, expect, it } from 'vitest'
import { runRequest } from '#main/api/runs'
import type { Services } from '#main/services/services'
import { beginExtraction, extractionOver } from '../../support/extracted.ts'
import { importTiny, openTestServices, temporaryFolder } from '../../support/services.ts'

const entry = new URL('../../support/crashing-entry.ts', import.meta.url)

async function trainedRun(services: Services): Promise<string> {
  const { handlers } = services
  const corpusId = await importTiny(services, { train: 12, dev: 6, test: 6 })
  const training = { epochs: 1, batchSize: 12 }
  const asked = runRequest.parse({ corpusId, variants: ['mtl'], seeds: [1], training, backend: 'wasm', threads: 1 })
  const events = await handlers.system.events()
  const [run] = await handlers.runs.start(asked)
  for await (const event of events) if (event.type === 'run' && event.run.status === 'finished') break
  return run?.runId ?? ''
}

describe('a text that is extracted from', () => {
  it('is left at once when the call is cancelled, in the middle of a sentence too, and the next one is read', async () => {
    const services = await openTestServices(temporaryFolder(), entry)
    const runId = await trainedRun(services)
    const { extraction } = services.handlers
    const controller = new AbortController()
    const reading = extraction.text({ runId, text: 'forever and ever' }, controller.signal)
    setTimeout(() => controller.abort(), 300) // at some moment of the work, whichever
    await expect(reading).rejects.toMatchObject({ code: 'cancelled', message: 'The prediction was cancelled.' })
    expect(await extraction.text({ runId, text: 'Ada Lund founded Orbisk .' })).toMatchObject({ failure: null })
  })

  it('is not begun when the call was cancelled before', async () => {
    const services = await openTestServices(temporaryFolder(), entry)
    const runId = await trainedRun(services)
    const reading = services.handlers.extraction.text({ runId, text: 'forever and ever' }, AbortSignal.abort())
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('in a file is left at once when the extraction is cancelled', async () => {
    const services = await openTestServices(temporaryFolder(), entry)
    const runId = await trainedRun(services)
    const { extraction } = services.handlers
    const files = [{ name: 'a.txt', text: 'forever and ever' }]
    const { extractionId, jobId } = await beginExtraction(services, { runId, files })
    setTimeout(() => void services.handlers.jobs.cancel({ jobId: jobId ?? 0 }), 300)
    expect(await extractionOver(services, extractionId)).toMatchObject({ status: 'cancelled', documents: 0 })
    expect(await extraction.text({ runId, text: 'Ada Lund founded Orbisk .' })).toMatchObject({ failure: null })
  })
})
