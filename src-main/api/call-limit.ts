/** The limit of one call over a WebSocket: whoever sends more is told before the connection breaks. */
import { AppError } from '#main/core/errors'

/** Bytes. Files are imported as text, and the longest text that JavaScript holds is a little longer. */
export const largestCall = 500 * 2 ** 20

/** A letter takes at most this many bytes. */
const mostBytes = 3

/** @throws AppError 'invalid-input' when the message is too long to be sent. `most` counts bytes. */
export function refuseTooLong(message: string | Uint8Array, most = largestCall): void {
  if (message.length * mostBytes <= most) return
  const bytes = typeof message === 'string' ? new Blob([message]).size : message.length
  if (bytes <= most) return
  const megabytes = (size: number): string => `${Math.round(size / 2 ** 20)} MB`
  throw new AppError(
    'invalid-input',
    `This is ${megabytes(bytes)} at once, and Espalier takes at most ${megabytes(most)}. Give fewer files at a time, or cut the largest into parts.`,
  )
}
