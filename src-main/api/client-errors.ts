/** Errors on the caller's side of any transport, turned back into AppErrors without loading the validator. */
import type { Json } from '#main/core/json'
import { AppError, errorCodes, type ErrorCode } from '#main/core/errors'

/** The data that crosses beside the message of an AppError. */
export interface ErrorData {
  readonly code: ErrorCode
  readonly details?: Json
}

interface CrossedError {
  readonly code?: unknown
  readonly message?: unknown
  readonly data?: { readonly code?: unknown; readonly details?: Json; readonly issues?: unknown } | null
}

/** Messages of oRPC for a call whose connection closed. */
const lostCall = /^\[AsyncIdQueue\]|^Cannot send message, WebSocket is not open/

/** Turns any failure of a call into an AppError, so that callers show one kind of sentence. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error
  const { data, message } = (error ?? {}) as CrossedError // whatever was thrown; every field is looked at
  const code = errorCodes.find((known) => known === data?.code)
  if (code) return new AppError(code, String(message), data?.details)
  if (Array.isArray(data?.issues)) return new AppError('invalid-input', describeIssues(data.issues))
  if (typeof message === 'string' && lostCall.test(message))
    return new AppError('internal', 'The connection to Espalier was lost before it answered.')
  if (error instanceof Error && error.name === 'AbortError') return new AppError('cancelled', 'The call was cancelled.')
  return new AppError('internal', typeof message === 'string' ? message : String(error))
}

/** Describes schema issues with the field of each: "seeds[0]: Invalid input: expected number, received string". */
function describeIssues(issues: readonly unknown[]): string {
  const sentences = issues.map((issue) => {
    const { path = [], message = 'is not what was expected' } = issue as { path?: unknown[]; message?: string }
    const field = path
      .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
      .join('')
      .replace(/^\./, '')
    return field ? `${field}: ${message}` : message
  })
  return sentences.join('; ')
}
