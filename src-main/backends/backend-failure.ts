/** BackendFailure: not the job failed but what it was computed with, so that it can go on with another backend. */

/** A device that was lost, a page that was closed, a driver that refused: the message names which. */
export class BackendFailure extends Error {}

/** What a failure crosses threads as: an error's class does not. */
export type FailureCause = 'job' | 'backend'

export function causeOf(error: unknown): FailureCause {
  return error instanceof BackendFailure ? 'backend' : 'job'
}

export function toError(message: string, cause: FailureCause): Error {
  return cause === 'backend' ? new BackendFailure(message) : new Error(message)
}
