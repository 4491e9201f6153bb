/**
 * Messages that a page may send: its greeting and the events of its jobs. Anything else comes from a page of another
 * version, or from an attacker.
 */
import type { WorkerEvent } from './messages.ts'
import type { Hello } from './page-channel.ts'

const eventTypes: Readonly<Record<WorkerEvent['type'], true>> = {
  ...{ device: true, step: true, epoch: true, checkpoint: true, note: true, trained: true, predictions: true },
  ...{ probed: true, measured: true, done: true, failed: true },
}

/** Pattern of the names of a checkpoint's files, none of which leads to another folder. */
const fileName = /^[a-z][a-z-]*\.[a-z]+$/

/** Checks a greeting. @throws Error when the data is none. */
export function toHello(data: unknown): Hello {
  const { card } = toRecord(data)
  if (card === null || typeof card === 'string') return { card }
  throw new Error('The greeting names no graphics card.')
}

/**
 * Checks an event. @throws Error when there is no event of this type, or a checkpoint file has a name that none of
 * ours has.
 */
export function toEvent(data: unknown): WorkerEvent {
  const { type, checkpoint } = toRecord(data)
  if (typeof type !== 'string' || !Object.hasOwn(eventTypes, type))
    throw new Error(`There is no event ${String(type)}.`)
  if (type === 'epoch' || type === 'checkpoint')
    for (const [name, bytes] of Object.entries(toRecord(checkpoint)))
      if (!fileName.test(name) || !(bytes instanceof Uint8Array)) throw new Error(`No checkpoint has a file "${name}".`)
  return data as WorkerEvent // other wrong values only fail the job of that page
}

function toRecord(data: unknown): Record<string, unknown> {
  if (typeof data === 'object' && data !== null) return data as Record<string, unknown>
  throw new Error('The page sent no object.')
}
