/**
 * Channel between the services and a page that computes: binary messages, each with the number of a job and a frame.
 */

/** A WebSocket or a message port, seen from either end. */
export interface PageChannel {
  send(message: Uint8Array<ArrayBuffer>): void
  close(): void
  /** Sets the listener; called once per channel, before anything arrives. */
  listen(listener: { onMessage(message: Uint8Array): void; onClose(): void }): void
}

/** Number of the greeting; jobs count from 1. */
export const noJob = 0

const numberBytes = 4

/** Number of the job of a message. The page passes the message on to that job's worker unread. */
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

/** First message of a page: the name of the graphics card that it found, or null. */
export interface Hello {
  readonly card: string | null
}
