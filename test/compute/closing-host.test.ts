/** A host that closes waits for its processes, whatever they say last: nothing else may keep the program alive. */
import { expect, it } from 'vitest'
import { createProcessHost } from '#main/compute/host'
import type { JobProcessListener } from '#main/compute/job-process'

it('a process whose job is done while the host closes is waited for all the same', async () => {
  const holds: boolean[] = []
  let listener: JobProcessListener | null = null
  const host = createProcessHost(undefined, (_, heard) => {
    listener = heard
    return { post: () => undefined, hold: (isHeld) => holds.push(isHeld), kill: () => undefined }
  })
  const job = { kind: 'predict', checkpoint: {}, encoder: null, threshold: null, backend: 'wasm', threads: 1 } as const
  host.run(job)
  const closed = host.close()
  const heard = listener as JobProcessListener | null
  heard?.onMessage({ type: 'done' })
  expect(holds.at(-1)).toBe(true)
  heard?.onExit('killed')
  await closed
})
