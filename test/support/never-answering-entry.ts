/** A compute worker's process that says which one it is, and then works on for ever without looking up. */
import type { WorkerRequest } from '#main/compute/messages'

process.on('message', (request: WorkerRequest) => {
  if (request.type !== 'start') return
  process.send?.({ type: 'device', device: String(process.pid) }, () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  })
})
