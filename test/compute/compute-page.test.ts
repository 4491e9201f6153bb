/** A page that computes: what is cancelled there ends here at once where nothing of it is kept, and in order where something is. */
import { describe, expect, it } from 'vitest'
import { openComputePage } from '#main/compute/compute-page'
import { decodeFrame, encodeFrame } from '#main/compute/frames'
import type { JobHandle, PredictJob, TrainJob, WorkerEvent, WorkerRequest } from '#main/compute/messages'
import { frameOf, jobOf, toMessage } from '#main/compute/page-channel'
import { tinyJob } from '../support/tiny-training.ts'

const device = { backend: 'webgpu', threads: 1 } as const
const files = { encoder: null, checkpoint: {} }
const predictJob: PredictJob = {
  kind: 'predict',
  ...device,
  ...files,
  threshold: null,
}
const trainJob: TrainJob = { kind: 'train', statesFolder: null, ...device, ...tinyJob() }

/** A page over a channel that answers a cancelled job with `onCancel`, or never. */
function openPage(onCancel: readonly WorkerEvent[] = []) {
  const asked: string[] = []
  let answer: (message: Uint8Array) => void = () => undefined
  const page = openComputePage(
    {
      send(message) {
        const request = decodeFrame(frameOf(message)) as WorkerRequest // our own page's
        asked.push(request.type)
        if (request.type === 'cancel')
          for (const event of onCancel) answer(toMessage(jobOf(message), encodeFrame(event)))
      },
      close: () => undefined,
      listen: ({ onMessage }) => void (answer = onMessage),
    },
    { onHello: () => undefined, onGone: () => undefined },
  )
  return { page, asked }
}

async function typesOf({ events }: JobHandle): Promise<string[]> {
  const types: string[] = []
  for await (const { type } of events) types.push(type)
  return types
}

describe('a job of a page', () => {
  it('that predicts is over as soon as it is cancelled, whether or not the page gets round to it', async () => {
    const { page, asked } = openPage()
    const handle = page.run(predictJob)
    handle.cancel()
    expect(await typesOf(handle)).toEqual([])
    expect(asked).toEqual(['start', 'cancel'])
  })

  it('that trains keeps what it brings until it has stopped', async () => {
    const { page } = openPage([{ type: 'checkpoint', checkpoint: {} }, { type: 'done' }])
    const handle = page.run(trainJob)
    handle.cancel()
    expect(await typesOf(handle)).toEqual(['checkpoint'])
  })
})
