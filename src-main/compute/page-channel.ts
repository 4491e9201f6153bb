/** Between the services and a page that computes: binary messages, each the number of a job and a frame. */

/** A WebSocket or a message port, seen from either end. */
export interface PageChannel {
  send(message: Uint8Array<ArrayBuffer>): void
  close(): void
  /** Called once per channel, before anything arrives. */
  listen(listener: { onMessage(message: Uint8Array): void; onClose(): void }): void
}

/** Says hello; jobs count from 1. */
export const noJob = 0

const numberBytes = 4

/** The page passes messages on to the worker of that job without reading them. */
export function jobOf(message: Uint8Array): number {
  return new DataView(message.buffer, message.byteOffset, message.byteLength).getUint32(0, true)
}

export function frameOf(message: Uint8Array): Uint8Array {
  return message.subarray(numberBytes)
}

export function toMessage(job: number, frame: Uint8Array): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(numberBytes + frame.length)
  new DataView(message.buffer).setUint32(0, job, true)
  message.set(frame, numberBytes)
  return message
}

/** The page's first message: the graphics card that it found, by name; null when it found none. */
export interface Hello {
  readonly card: string | null
}
