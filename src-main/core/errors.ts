/** Errors that cross between processes as data: a code for the program, and a sentence that tells the person what to do. */
import type { Json } from './json.ts'

export const errorCodes = [
  'not-found',
  'invalid-input',
  'conflict',
  'cancelled',
  'unsupported-format',
  'storage',
  'internal',
] as const
export type ErrorCode = (typeof errorCodes)[number]

/** A failure that a person can understand: its message names the file, line or field, what was expected and what to do. */
export class AppError extends Error {
  override name = 'AppError'
  readonly code: ErrorCode
  readonly details: Json | undefined

  constructor(code: ErrorCode, message: string, details?: Json) {
    super(message)
    this.code = code
    this.details = details
  }
}
