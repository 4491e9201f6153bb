/** The compute worker's main file, except that its process crashes once the first epoch is saved, as V8 does at times. */
import type { WorkerEvent } from '#main/compute/messages'

const send = process.send?.bind(process)

process.send = (event: WorkerEvent): boolean => {
  const isFatal = event.type === 'epoch' && event.point.epoch === 1
  return send?.(event, undefined, undefined, () => isFatal && process.kill(process.pid, 'SIGTRAP')) ?? false
}

await import('#main/worker/entry')
